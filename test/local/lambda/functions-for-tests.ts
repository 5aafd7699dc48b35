import { CreateFunctionCommand, type CreateFunctionCommandInput, InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';

export const ROLE = 'arn:aws:iam::123456789012:role/handler';

export function zip(files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** Makes a function of one file of code: `index.js`, or `index.py` for Python. */
export async function deploy(client: LambdaClient, name: string, code: string, settings: Partial<CreateFunctionCommandInput> = {}): Promise<string> {
  const file = settings.Runtime?.startsWith('python') ? 'index.py' : 'index.js';
  const { FunctionArn } = await client.send(new CreateFunctionCommand({
    FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: zip({ [file]: code }) }, ...settings,
  }));
  return FunctionArn!;
}

export interface Invoked {
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- handlers answer any JSON */
  readonly payload: any;
  readonly error?: string;
  readonly log?: string;
  readonly status?: number;
  readonly version?: string;
}

export async function invoke(client: LambdaClient, name: string, event: unknown = {}, settings: Partial<InvokeCommandInput> = {}): Promise<Invoked> {
  const result = await client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail', ...settings }));
  const text = Buffer.from(result.Payload ?? []).toString('utf8');
  return {
    payload: text === '' ? undefined : JSON.parse(text),
    error: result.FunctionError,
    log: result.LogResult && Buffer.from(result.LogResult, 'base64').toString('utf8'),
    status: result.StatusCode,
    version: result.ExecutedVersion,
  };
}

/** Waits, in real time, for something that the engine does by itself. */
export async function eventually<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (let attempt = 0; attempt < 4000; attempt++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  throw new Error(`nothing came of ${look.toString()}`);
}
