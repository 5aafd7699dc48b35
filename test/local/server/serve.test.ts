import { startServe } from '../clients/serve-for-tests';

async function isUp(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/_local/clock`).then(() => true, () => false);
}

test('one line on standard output, and an end on SIGTERM', async () => {
  const served = await startServe(['--account', '111122223333', '--region', 'eu-west-1', '--seed', 'x']);
  expect(Object.keys(JSON.parse(served.output[0]) as object).slice(0, 5)).toEqual(['endpoint', 'region', 'accountId', 'accessKeyId', 'secretAccessKey']);
  expect(served).toMatchObject({ endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), region: 'eu-west-1', accountId: '111122223333' });
  expect(await isUp(served.endpoint)).toBe(true);
  expect(await served.stop()).toBe(0);
  expect(served.output).toHaveLength(1);
});

test('an end with whoever started the launcher, SIGKILL or not', async () => {
  // a shell that starts a shell that starts the engine, as npm does
  const served = await startServe([], ['sh', '-c', 'sh -c "\\"\\$@\\" & wait" launcher "$@" & wait', 'starter']);
  expect(await isUp(served.endpoint)).toBe(true);
  served.process.kill('SIGKILL');
  for (let tries = 0; tries < 1000 && await isUp(served.endpoint); tries++) await new Promise((resolve) => { setTimeout(resolve, 100); });
  expect(await isUp(served.endpoint)).toBe(false);
});

test.each([
  [['--iam', 'strict'], 'Allowed choices are off, enforce'],
  [['--port', '99999'], 'a port is a number from 0 to 65535'],
  [['--account', '12'], 'expected twelve digits'],
  [['--quota', 'none'], 'Allowed choices are off, documented'],
])('%j is refused', async (options, message) => {
  const { spawnSync } = await import('node:child_process');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'local/src/cli.ts', 'serve', ...options], { encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
