import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * Opens the tarball that would be published: what must be inside is, what must not be is not, the weight stays within its
 * budget, and an app on the lowest and on the latest supported aws-cdk-lib synthesises with it.
 */
const ROOT = path.join(__dirname, '..');
const BUNDLES = fs.readdirSync(path.join(ROOT, 'runtime')).filter((file) => file.endsWith('.lambda.ts')).map((file) => file.replace('.lambda.ts', ''));
const REQUIRED = ['package.json', '.jsii', 'README.md', 'LICENSE', 'lib/index.js', 'lib/index.d.ts', 'lib/groundtruth/index.js',
  'lib/s3batch/index.js', 'lib/supervisely/index.js', 'assets/object-function', ...BUNDLES.map((bundle) => `assets/${bundle}/index.js`)];
const FORBIDDEN = [/^(local|runtime|test|bench|examples|docs|projenrc|src|demo-output|cdk\.out)\//, /\.map$/, /(?<!\.d)\.ts$/, /tsconfig/];
/** Nineteen bundles, each with the SDK's core in it, so that none starts slower than it must. */
const MAX_PACKED_BYTES = 4_200_000;
const MAX_BUNDLE_BYTES = 600_000;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
try {
  const [{ filename, files, size }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  const names: string[] = files.map((file: { path: string }) => file.path);
  const problems = [
    ...REQUIRED.filter((name) => !names.some((present) => present === name || present.startsWith(`${name}/`))).map((name) => `missing: ${name}`),
    ...names.filter((name) => FORBIDDEN.some((pattern) => pattern.test(name))).map((name) => `does not belong in the package: ${name}`),
    ...files.filter((file: { path: string; size: number }) => file.path.startsWith('assets/') && file.size > MAX_BUNDLE_BYTES)
      .map((file: { path: string; size: number }) => `${file.path} has ${file.size} bytes, at most ${MAX_BUNDLE_BYTES}`),
    ...size > MAX_PACKED_BYTES ? [`the tarball has ${size} bytes, at most ${MAX_PACKED_BYTES}`] : [],
  ];
  if (problems.length) throw new Error(problems.join('\n'));
  console.log(`package: ${names.length} files, ${Math.round(size / 1024)} KiB packed`);
  for (const file of files) if (file.path.startsWith('assets/')) console.log(`  ${file.path}: ${Math.round(file.size / 1024)} KiB`);
  for (const version of ['2.245.0', 'latest']) synthesiseWith(version, path.join(folder, filename));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

function synthesiseWith(version: string, tarball: string): void {
  const app = path.join(folder, version);
  fs.mkdirSync(app);
  fs.writeFileSync(path.join(app, 'package.json'), '{"private":true}');
  run(app, 'npm', 'install', '--no-audit', '--no-fund', `aws-cdk-lib@${version}`, 'constructs@10', tarball);
  fs.writeFileSync(path.join(app, 'app.js'), `
    const { App, Stack } = require('aws-cdk-lib');
    const { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow } = require('cdk-labeling-workflows');
    const app = new App();
    const stack = new Stack(app, 'Packed');
    new LabelingWorkflow(stack, 'Spam', {
      backend: LabelingBackend.groundTruth({
        taskType: groundtruth.TaskType.textClassification(),
        workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
      }),
      labels: LabelCategories.of('ham', 'spam'),
      input: LabelingInput.fromRecords([{ source: 'a mail' }]),
    });
    const { Resources } = app.synth().getStackByName('Packed').template;
    const types = Object.values(Resources).map((resource) => resource.Type);
    if (!types.includes('Custom::GroundTruthLabelingJob')) throw new Error('no labeling job in ' + types);
  `);
  run(app, process.execPath, 'app.js');
  const { version: used } = JSON.parse(fs.readFileSync(path.join(app, 'node_modules/aws-cdk-lib/package.json'), 'utf8'));
  console.log(`package: synthesises on aws-cdk-lib ${used}`);
}

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
}
