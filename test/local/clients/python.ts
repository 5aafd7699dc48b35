import { execFile, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { Served } from './serve-for-tests';

/** Clients from outside, each with a command that shows that it is there. */
const CLIENTS = {
  'boto3': ['python3', '-c', 'import boto3'],
  'the AWS CLI': ['aws', '--version'],
} as const;

type Client = keyof typeof CLIENTS;

/** A test with a client that the machine may lack: then it says so and is left out, but in CI it fails. */
export function testWith(client: Client, name: string, action: () => Promise<void>): void {
  const [program, ...argumentsOf] = CLIENTS[client];
  if (spawnSync(program, argumentsOf).status === 0) test(`${client}: ${name}`, action);
  else if (process.env.CI === 'true') test(`${client}: ${name}`, () => { throw new Error(`CI must have ${client}: pip install boto3 awscli`); });
  else test.skip(`${client} is not installed, so this is left out: ${name}`, action);
}

/** The engine, and where requests go first. */
export interface Reached extends Served {
  readonly proxy?: string;
}

function environment({ endpoint, region, accessKeyId, secretAccessKey, proxy }: Reached): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    ...(proxy && { HTTP_PROXY: proxy }),
  };
}

const run = promisify(execFile);

/** Runs `<script>.py` beside this file; it prints what it found as one JSON document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what their scripts print
export async function python(served: Reached, script: string): Promise<any> {
  const { stdout } = await run('python3', [path.join(__dirname, `${script}.py`)], { env: environment(served) });
  return JSON.parse(stdout) as unknown;
}

/** Runs `aws …` and gives what it prints: a JSON document if it is one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what the commands print
export async function aws(served: Reached, ...argumentsOf: string[]): Promise<any> {
  const { stdout } = await run('aws', argumentsOf, { env: environment(served) });
  return /^[[{]/.test(stdout) ? JSON.parse(stdout) as unknown : stdout;
}
