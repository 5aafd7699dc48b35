import * as fs from 'node:fs';
import * as path from 'node:path';
import { renderFidelity } from './fidelity';
import { Engine } from '../src/engine';

/** `npx tsx local/scripts/generate-fidelity.ts` writes `local/FIDELITY.md`; a test fails when it is stale. */
async function main(): Promise<void> {
  const engine = await Engine.start();
  fs.writeFileSync(path.join(__dirname, '..', 'FIDELITY.md'), renderFidelity(engine.services, [engine.supervisely.described]));
  await engine.stop();
}

void main();
