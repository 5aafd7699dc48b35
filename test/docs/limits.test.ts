import * as fs from 'node:fs';
import { LIMITS_PAGE, renderLimits } from '../../projenrc/generate-limits';

test('the limits page shows the numbers of the model', () => {
  expect(fs.readFileSync(LIMITS_PAGE, 'utf8')).toBe(renderLimits());
});
