import type { InvocationResponse, InvokeCommandInput } from '@aws-sdk/client-lambda';
import type { AsyncInvoker } from './async-invocation';
import { malformedPayload, tooLarge } from './errors';
import type { FunctionStore } from './function-store';
import type { Invoker } from './invocation';

const MAX_SYNCHRONOUS = 6 * 1024 * 1024;
const MAX_ASYNCHRONOUS = 1024 * 1024;

export class InvokeOperations {
  constructor(private readonly store: FunctionStore, private readonly invoker: Invoker, private readonly asyncInvoker: AsyncInvoker) {}

  readonly Invoke = async (input: InvokeCommandInput): Promise<Partial<InvocationResponse>> => {
    const target = this.store.resolve(input.FunctionName!, input.Qualifier);
    const asynchronous = input.InvocationType === 'Event';
    const payload = readPayload(input.Payload as Uint8Array | undefined, asynchronous ? MAX_ASYNCHRONOUS : MAX_SYNCHRONOUS);
    if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
    if (asynchronous) {
      this.asyncInvoker.start(target.invokedArn, payload);
      return { StatusCode: 202 };
    }
    const result = await this.invoker.run(target, { payload, clientContext: readClientContext(input.ClientContext) });
    return {
      StatusCode: 200,
      ExecutedVersion: target.version.configuration.Version,
      Payload: Buffer.from(result.payload) as InvocationResponse['Payload'],
      ...(result.failed && { FunctionError: 'Unhandled' }),
      ...(input.LogType === 'Tail' && { LogResult: result.logTail }),
    };
  };
}

function readPayload(bytes: Uint8Array | undefined, limit: number): string {
  if (!bytes || bytes.length === 0) return '{}';
  if (bytes.length > limit) throw tooLarge(bytes.length, limit);
  const payload = Buffer.from(bytes).toString('utf8');
  try {
    JSON.parse(payload);
  } catch (error) {
    throw malformedPayload((error as Error).message);
  }
  return payload;
}

function readClientContext(base64: string | undefined): unknown {
  if (base64 === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw malformedPayload('Client context must be a valid Base64-encoded JSON object.');
  }
}
