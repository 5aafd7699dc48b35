import type { ObjectFailureCode } from '../../src/s3batch/private/object-function-contract';

/** As S3 asks: 1.0 names the bucket by its ARN, 2.0 by its name, and brings the job's arguments. */
export interface InvocationEvent {
  readonly invocationSchemaVersion: string;
  readonly invocationId: string;
  readonly job: { readonly id: string; readonly userArguments?: Readonly<Record<string, string>> | null };
  readonly tasks: readonly InvocationTask[];
}

export interface InvocationTask {
  readonly taskId: string;
  /** URL-encoded. */
  readonly s3Key: string;
  readonly s3VersionId?: string | null;
  readonly s3BucketArn?: string;
  readonly s3Bucket?: string;
}

export interface InvocationAnswer {
  readonly invocationSchemaVersion: string;
  readonly invocationId: string;
  readonly treatMissingKeysAs: ObjectFailureCode;
  readonly results: readonly TaskResult[];
}

export interface TaskResult {
  readonly taskId: string;
  readonly resultCode: 'Succeeded' | ObjectFailureCode;
  readonly resultString: string;
}

/** What the author's function gets: `BatchObject` of the library's API. */
export interface BatchObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly jobId: string;
  readonly taskId: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/** Of Lambda's context. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

export type ObjectHandler = (object: BatchObject, context: InvocationContext) => unknown;

const VERSIONS: readonly unknown[] = ['1.0', '2.0'];

/** An event of another kind is a mistake of whoever set the function up, and the same for all tasks. */
export function checkEvent(event: unknown): InvocationEvent {
  const { invocationSchemaVersion: version, invocationId, job, tasks } = (event ?? {}) as Partial<InvocationEvent>;
  if (!VERSIONS.includes(version)) throw new Error(`expected an invocation by S3 Batch Operations of schema version ${VERSIONS.join(' or ')}, got ${JSON.stringify(version)}`);
  if (typeof invocationId !== 'string' || typeof job?.id !== 'string' || !Array.isArray(tasks)) {
    throw new Error('expected an invocation by S3 Batch Operations with invocationId, job and tasks');
  }
  return event as InvocationEvent;
}

/** The object that a task is about; throws where its key is no encoded key. */
export function objectOf({ job }: InvocationEvent, { taskId, s3Key, s3VersionId, s3Bucket, s3BucketArn = '' }: InvocationTask): BatchObject {
  return {
    // the documentation's samples have a region and an account in the ARN, real ones have none: the name is last
    bucket: s3Bucket ?? s3BucketArn.slice(s3BucketArn.lastIndexOf(':') + 1),
    key: decoded(s3Key),
    ...(s3VersionId && { versionId: s3VersionId }),
    jobId: job.id,
    taskId,
    arguments: job.userArguments ?? {},
  };
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replace(/\+/g, ' '));
  } catch {
    throw Object.assign(new Error(`the key ${JSON.stringify(key)} is not URL-encoded`), { name: 'PermanentFailure' });
  }
}
