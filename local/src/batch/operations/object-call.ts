import type { EngineCore } from '../../core/engine';
import { type Caller, ServiceError } from '../../core/service';
import { decodeKey, failed, succeeded, type Task, type TaskResult } from '../task';

/** What an operation may know of the job that runs it. */
export interface OperationContext {
  readonly core: EngineCore;
  readonly caller: Caller;
  readonly jobId: string;
}

export interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** One call of S3 for each object; what S3 answers is the task's result. */
export function eachObject(action: (address: ObjectAddress) => Promise<string | void>): (task: Task) => Promise<TaskResult> {
  return async (task) => {
    const address = addressOf(task);
    if (!('Key' in address)) return address;
    try {
      return succeeded(await action(address) ?? undefined);
    } catch (error) {
      return failure(error);
    }
  };
}

/** The object's address, or why it has none. */
export function addressOf({ bucket, key, versionId }: Task): ObjectAddress | TaskResult {
  if (versionId === '') return failed(400, 'InvalidRequest', 'Task failed due to missing VersionId');
  const decoded = decodeKey(key);
  if (decoded === undefined) return failed(400, 'InvalidRequest', `The key ${key} is not URL-encoded`);
  return { Bucket: bucket, Key: decoded, ...(versionId !== undefined && { VersionId: versionId }) };
}

/** Faults of the service itself may pass; what it refuses stays refused. */
export function failure(error: unknown): TaskResult {
  if (!(error instanceof ServiceError)) throw error;
  return failed(error.statusCode, error.code, error.message, error.statusCode >= 500 && error.statusCode !== 501 ? 'failed' : undefined);
}
