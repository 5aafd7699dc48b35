import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses';

const ROOT = path.join(__dirname, '..');
const SUFFIX = '.lambda.ts';

/**
 * Bundles every `runtime/<name>.lambda.ts` into `assets/<name>/index.js`. The SDK goes in, tree-shaken: `mainFields` makes
 * esbuild take its ES modules, which halves the size and the cold start. The same sources give the same bytes in any folder.
 * The alias takes the default chain of credentials out: a Lambda function has its credentials in the environment.
 */
export async function bundleHandlers(): Promise<void> {
  const runtime = path.join(ROOT, 'runtime');
  const names = fs.readdirSync(runtime).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
  const results = await Promise.all(names.map((name) => build({
    absWorkingDir: ROOT,
    entryPoints: [path.join('runtime', `${name}${SUFFIX}`)],
    outfile: path.join('assets', name, 'index.js'),
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
  })));
  fs.writeFileSync(path.join(ROOT, 'assets', 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(ROOT, results.map(({ metafile }) => metafile)));
}

if (require.main === module) void bundleHandlers();
