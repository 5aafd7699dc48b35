/**
 * The handler that a layer puts before an author's function: S3 Batch Operations calls this, and this calls the author's function once for
 * each object. It needs no permission of its own. `python/cdk_labeling_object_function.py` is the same in Python.
 */
import { answerInvocation } from './object-function/answer';
import { loadAuthor } from './object-function/author';
import type { InvocationAnswer, InvocationContext, ObjectHandler } from './object-function/protocol';
import { OBJECT_FUNCTION_VARIABLES as VARIABLES } from '../src/s3batch/private/object-function-contract';
import type { ObjectFailureCode } from '../src/s3batch/private/object-function-contract';

let author: ObjectHandler | undefined;

export async function handler(event: unknown, context: InvocationContext): Promise<InvocationAnswer> {
  // code that cannot be loaded is an error of the function's, to be seen in its metrics, and the next call tries again
  author ??= await loadAuthor(process.env.LAMBDA_TASK_ROOT!, process.env[VARIABLES.handler]!);
  return answerInvocation(event, context, {
    handler: author,
    errors: process.env[VARIABLES.errors] as ObjectFailureCode,
    missing: process.env[VARIABLES.missing] as ObjectFailureCode,
  });
}
