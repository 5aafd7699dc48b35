import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ObjectHandler } from './protocol';

const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];

/** The author's function, found as Lambda finds a handler: `folder/file.export`, CommonJS or an ES module. */
export async function loadAuthor(root: string, handler: string, load = importFile): Promise<ObjectHandler> {
  const [, module, exported] = /^(.*?[^/]*?)\.([^/]+)$/.exec(handler) ?? [];
  const base = path.resolve(root, module ?? '');
  const file = EXTENSIONS.map((extension) => base + extension).find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile());
  if (module === undefined || file === undefined) throw new Error(`there is no file for the handler ${JSON.stringify(handler)}`);
  const exports = await load(file);
  const found = member(exports, exported) ?? member(exports.default, exported);
  if (typeof found !== 'function') throw new Error(`${JSON.stringify(handler)} is not an exported function`);
  return found as ObjectHandler;
}

function member(object: unknown, dotted: string): unknown {
  return dotted.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object);
}

/** `import` loads both kinds of modules; of CommonJS, what it does not see by name is in `default`. */
async function importFile(file: string): Promise<Record<string, unknown>> {
  return await import(pathToFileURL(file).href) as Record<string, unknown>;
}
