import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.join(__dirname, '..');

/** The folders that hold an example: those with an `app.ts`. */
export function exampleNames(): string[] {
  return fs.readdirSync(__dirname).filter((name) => fs.existsSync(path.join(__dirname, name, 'app.ts'))).sort();
}

/** Runs an example's app as the CDK CLI would, in a process of its own, and answers where its assembly is; `more` is context, as of `cdk deploy -c`. */
export async function synthesiseExample(name: string, outdir = path.join(ROOT, 'cdk.out', name), more: Readonly<Record<string, string>> = {}): Promise<string> {
  fs.rmSync(outdir, { recursive: true, force: true });
  const folder = path.join(__dirname, name);
  const { context = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.json'), 'utf8'));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'app.ts'], {
    cwd: folder,
    env: { ...environmentOfNobody(), CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...more }) },
  });
  return outdir;
}

/** The caller's environment without the account and region that the CDK CLI adds: an assembly is the same for everybody. */
function environmentOfNobody(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('CDK_')));
}

/** `npm run examples:synth [-- folder]` */
async function main([folder = 'cdk.out']: readonly string[]): Promise<void> {
  for (const name of exampleNames()) {
    console.log(path.join(folder, name));
    await synthesiseExample(name, path.resolve(ROOT, folder, name));
  }
}

if (process.argv[1] === __filename) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.stderr || error);
    process.exit(1);
  });
}
