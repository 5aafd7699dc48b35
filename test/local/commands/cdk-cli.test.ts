import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { TestAssemblies } from './assemblies';

const CDK = require.resolve('aws-cdk/bin/cdk');
const run = promisify(execFile);
const assemblies = new TestAssemblies();
let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
  assemblies.remove();
});

/** The real CDK CLI, its standard output and error together. */
async function cdk(...args: string[]): Promise<string> {
  const { AWS_PROFILE, ...environment } = process.env;
  const { stdout, stderr } = await run(process.execPath, [CDK, ...args, '--no-notices', '--no-color'], {
    env: {
      ...environment, AWS_ENDPOINT_URL: engine.endpoint, AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: 'us-east-1',
      CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true', CI: 'true',
    },
  });
  return stdout + stderr;
}

test('bootstraps, deploys, finds nothing to do, reports a failure with its reason, destroys', async () => {
  const app = assemblies.synthesise((root) => assemblies.thing(root, '1'));
  expect(await cdk('bootstrap', '--app', app, 'aws://123456789012/us-east-1')).toContain('Environment aws://123456789012/us-east-1 bootstrapped');
  expect(await cdk('deploy', '--app', app, '--require-approval', 'never')).toContain('Thing.Version = 1');
  expect(await cdk('deploy', '--app', app, '--require-approval', 'never')).toContain('Thing (no changes)');
  const failing = assemblies.synthesise((root) => assemblies.thing(root, '2', { fail: 'Update' }));
  await expect(cdk('deploy', '--app', failing, '--require-approval', 'never')).rejects.toMatchObject({ stderr: expect.stringContaining('told to fail') as string });
  expect(await cdk('destroy', '--app', app, '--force')).toContain('Thing: destroyed');
});
