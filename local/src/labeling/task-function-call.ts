import type { EngineCore } from '../core/engine';

/** Invokes one of the user's functions as Ground Truth does and returns what it answered. */
export async function invokeTaskFunction(core: EngineCore, arn: string, event: object): Promise<unknown> {
  const { Payload, FunctionError } = await core.call<{ Payload?: Uint8Array; FunctionError?: string }>('lambda', 'Invoke', {
    FunctionName: arn,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(event)),
  });
  const text = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError !== undefined) {
    throw new Error(`the function ${arn} failed (${FunctionError}): ${text.slice(0, 500)}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`the function ${arn} answered no JSON: ${text.slice(0, 200)}`);
  }
}

export const FUNCTION_EVENT_VERSION = '2018-10-16';
