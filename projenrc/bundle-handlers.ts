import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses';

const ROOT = path.join(__dirname, '..');
/** Where the bundle of an entry goes, by what the entry's name ends in. */
const OUTFILES: Readonly<Record<string, (name: string) => string>> = {
  '.lambda.ts': () => 'index.js',
  // a layer's files stand below the folder of their language
  '.layer.ts': (name) => path.join('nodejs', `${name}.js`),
};

/**
 * Bundles every `runtime/<name>.lambda.ts` into `assets/<name>/index.js`, every `runtime/<name>.layer.ts` into the layer `assets/<name>`, with
 * the Python files beside it. The SDK goes in, tree-shaken: `mainFields` makes
 * esbuild take its ES modules, which halves the size and the cold start. The same sources give the same bytes in any folder.
 * The alias takes the default chain of credentials out: a Lambda function has its credentials in the environment.
 */
export async function bundleHandlers(): Promise<void> {
  const runtime = path.join(ROOT, 'runtime');
  const entries = fs.readdirSync(runtime).flatMap((file) => Object.entries(OUTFILES).filter(([suffix]) => file.endsWith(suffix)).map(([suffix, outfile]) => {
    const name = file.slice(0, -suffix.length);
    return { name, file, outfile: path.join('assets', name, outfile(name)) };
  }));
  const results = await Promise.all(entries.map(({ file, outfile }) => build({
    absWorkingDir: ROOT,
    entryPoints: [path.join('runtime', file)],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './runtime/shared/lambda-credentials.ts' },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  })));
  for (const { outputFiles } of results) for (const { path: file, contents } of outputFiles) put(file, contents);
  for (const { name } of entries) {
    const python = path.join(runtime, name, 'python');
    const scripts = fs.existsSync(python) ? fs.readdirSync(python).filter((file) => file.endsWith('.py')) : [];
    for (const script of scripts) {
      put(path.join(ROOT, 'assets', name, 'python', script), fs.readFileSync(path.join(python, script)));
    }
  }
  put(path.join(ROOT, 'assets', 'THIRD-PARTY-LICENSES.txt'), Buffer.from(thirdPartyLicenses(ROOT, results.map(({ metafile }) => metafile))));
}

/** A file that is as it should be stays untouched: several commands bundle, and one of them may be reading while another does. */
function put(file: string, contents: Uint8Array): void {
  if (fs.existsSync(file) && fs.readFileSync(file).equals(contents)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, contents);
}

if (require.main === module) void bundleHandlers();
