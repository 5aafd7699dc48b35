import type { LambdaInvokeOperation } from '@aws-sdk/client-s3-control';
import type { OperationContext } from './object-call';
import { randomHex } from '../../core/random';
import { failed, succeeded, type Task, type TaskResult } from '../task';

/** What a function is given; the versions differ in how they name the bucket, and in the arguments. */
export interface InvocationEvent {
  readonly invocationSchemaVersion: string;
  readonly invocationId: string;
  readonly job: { readonly id: string; readonly userArguments?: Readonly<Record<string, string>> };
  readonly tasks: ReadonlyArray<{
    readonly taskId: string;
    readonly s3Key: string;
    readonly s3VersionId: string | null;
    readonly s3BucketArn?: string;
    readonly s3Bucket?: string;
  }>;
}

export function invocationEvent({ InvocationSchemaVersion: version = '1.0', UserArguments: userArguments }: LambdaInvokeOperation,
  { core, jobId }: OperationContext, { bucket, key, versionId }: Task, random: () => number): InvocationEvent {
  const { partition } = core.settings;
  return {
    invocationSchemaVersion: version,
    invocationId: newId(random),
    job: { id: jobId, ...(version === '2.0' && userArguments && { userArguments }) },
    tasks: [{
      taskId: newId(random),
      // as in the manifest: URL-encoded
      s3Key: key,
      s3VersionId: versionId ?? null,
      ...(version === '2.0' ? { s3Bucket: bucket } : { s3BucketArn: `arn:${partition}:s3:::${bucket}` }),
    }],
  };
}

function newId(random: () => number): string {
  return Buffer.from(randomHex(random, 32)).toString('base64');
}

type ResultCode = 'Succeeded' | 'TemporaryFailure' | 'PermanentFailure';

const CODES: readonly unknown[] = ['Succeeded', 'TemporaryFailure', 'PermanentFailure'] satisfies ResultCode[];

interface Answer {
  readonly invocationSchemaVersion?: unknown;
  readonly invocationId?: unknown;
  readonly treatMissingKeysAs?: unknown;
  readonly results?: unknown;
}

/** What a function's answer says of its task: a task that it leaves out is treated as it says for missing keys. */
export function readAnswer(text: string, event: InvocationEvent): TaskResult {
  const answer = parse(text);
  const fault = answer && faultOf(answer, event);
  if (!answer || fault) return failed(200, 'PermanentFailure', `Lambda returned an invalid response: ${fault ?? 'it is not a JSON object'}: ${text}`);
  const [{ taskId }] = event.tasks;
  const result = (answer.results as Array<Record<string, unknown>>).find((candidate) => candidate.taskId === taskId);
  if (!result) return outcome((answer.treatMissingKeysAs ?? 'PermanentFailure') as ResultCode, 'Lambda returned no result for the task');
  return outcome(result.resultCode as ResultCode, String(result.resultString ?? ''));
}

function parse(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function faultOf({ invocationSchemaVersion, invocationId, treatMissingKeysAs, results }: Answer, event: InvocationEvent): string | undefined {
  if (invocationSchemaVersion !== event.invocationSchemaVersion) return `invocationSchemaVersion is not ${event.invocationSchemaVersion}`;
  if (invocationId !== event.invocationId) return 'invocationId is not the request\'s';
  if (!Array.isArray(results)) return 'results is not a list';
  if (results.some((result) => typeof result !== 'object' || result === null || !CODES.includes((result as { resultCode: unknown }).resultCode))) {
    return `a resultCode is none of ${CODES.join(', ')}`;
  }
  if (treatMissingKeysAs !== undefined && !CODES.includes(treatMissingKeysAs)) return `treatMissingKeysAs is none of ${CODES.join(', ')}`;
  return undefined;
}

function outcome(code: ResultCode, message: string): TaskResult {
  if (code === 'Succeeded') return succeeded(message);
  return failed(200, code, message, code === 'TemporaryFailure' ? 'failed' : undefined);
}
