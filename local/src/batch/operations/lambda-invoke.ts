import type { LambdaInvokeOperation } from '@aws-sdk/client-s3-control';
import { invocationEvent, readAnswer } from './lambda-schema';
import { failure, type OperationContext } from './object-call';
import { ServiceError } from '../../core/service';
import { failed, type TaskOperation, type TaskResult } from '../task';

interface Invocation {
  readonly FunctionError?: string;
  readonly Payload: Buffer;
}

/** One synchronous invocation for each object. */
export function invokeFunction(operation: LambdaInvokeOperation, context: OperationContext): TaskOperation {
  const random = context.core.random(`batch-invocations-${context.jobId}`);
  return async (task) => {
    if (task.versionId === '') return failed(400, 'InvalidRequest', 'Task failed due to missing VersionId');
    const event = invocationEvent(operation, context, task, random);
    try {
      const { FunctionError, Payload } = await context.core.call<Invocation>('lambda', 'Invoke', {
        FunctionName: operation.FunctionArn, InvocationType: 'RequestResponse', Payload: JSON.stringify(event),
      }, context.caller);
      const answer = Buffer.from(Payload).toString('utf8');
      if (FunctionError) return failed(200, 'PermanentFailure', `Lambda returned function error: ${answer}`);
      return readAnswer(answer, event);
    } catch (error) {
      return refused(error);
    }
  };
}

/** A throttled invocation has done nothing: it is made again, however often. */
function refused(error: unknown): TaskResult {
  if (error instanceof ServiceError && error.statusCode === 429) return failed(429, error.code, error.message, 'throttled');
  return failure(error);
}
