import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadAuthor } from '../../../runtime/object-function/author';

let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'author-'));
  fs.mkdirSync(path.join(root, 'folder.d'));
  for (const file of ['index.js', 'module.mjs', 'folder.d/index.js']) fs.writeFileSync(path.join(root, file), '');
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const exports = { handler: () => 1, nested: { handler: () => 2 }, default: { hidden: () => 3 }, text: 'no function' };

test.each([
  ['index.handler', 'index.js', 1],
  ['index.hidden', 'index.js', 3],
  ['module.handler', 'module.mjs', 1],
  ['folder.d/index.handler', 'folder.d/index.js', 1],
  ['index.nested.handler', 'index.js', 2],
])('%s is in %s', async (handler, file, result) => {
  const loaded: string[] = [];
  const author = await loadAuthor(root, handler, async (from) => {
    loaded.push(path.relative(root, from));
    return exports;
  });
  expect(loaded).toEqual([file]);
  expect((author as () => number)()).toBe(result);
});

test.each(['missing.handler', 'nodot', 'index.text', 'index.nothing'])('%s is refused', async (handler) => {
  await expect(loadAuthor(root, handler, async () => exports)).rejects.toThrow(JSON.stringify(handler));
});
