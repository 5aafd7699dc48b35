'use strict';
// Finds and loads the user's handler as Lambda's Node runtimes do, with their errors.

const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

class RuntimeError extends Error {
  constructor(type, message, cause) {
    super(message);
    this.name = type;
    if (cause?.stack) this.stack = cause.stack;
  }
}

const LAYERS = '/opt/';

/** @param {string} root where the code lies; @param {string} handler `folder/file.export`; @param {string[]} layers what lies in /opt, in order */
async function load(root, handler, layers) {
  const match = /^(.*?)([^/]+?)\.(.+)$/.exec(handler);
  if (!match || handler.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name. Use '<file>.<export>'.`);
  const [, folder, file, exported] = match;
  const exports = await loadModule(placesOf(root, `${folder}${file}`, layers), `${folder}${file}`);
  const found = exported.split('.').reduce((object, key) => object?.[key], exports) ?? exported.split('.').reduce((object, key) => object?.[key], exports.default);
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

/** A handler may stand in a layer, by its absolute path; the later layer lies over the earlier. */
function placesOf(root, module, layers) {
  return module.startsWith(LAYERS) ? [...layers].reverse().map((layer) => path.join(layer, module.slice(LAYERS.length))) : [path.resolve(root, module)];
}

async function loadModule(places, shown) {
  const file = places.flatMap((base) => ['', '.js', '.mjs', '.cjs'].map((extension) => base + extension)).find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile());
  if (!file) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${shown}'\nRequire stack:\n- /var/runtime/index.mjs`);
  try {
    return isEsModule(file) ? await import(pathToFileURL(file).href) : require(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`, error);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`, error);
    throw error;
  }
}

function isEsModule(file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

module.exports = { load };
