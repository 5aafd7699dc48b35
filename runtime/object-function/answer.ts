import { failureCode, failureText } from './failure';
import { type BatchObject, checkEvent, type InvocationAnswer, type InvocationContext, type InvocationTask, type ObjectHandler, objectOf, type TaskResult } from './protocol';
import type { ObjectFailureCode } from '../../src/s3batch/private/object-function-contract';

/** What must be left of an invocation's time for its answer; of a very short time, half. */
const LONGEST_MARGIN_MS = 1000;

export interface ObjectFunctionSettings {
  readonly handler: ObjectHandler;
  readonly errors: ObjectFailureCode;
  readonly missing: ObjectFailureCode;
}

/** Calls the author's function for each task; each has its own result, whatever becomes of the others. */
export async function answerInvocation(event: unknown, context: InvocationContext, settings: ObjectFunctionSettings): Promise<InvocationAnswer> {
  const invocation = checkEvent(event);
  const { invocationSchemaVersion, invocationId, tasks } = invocation;
  const left = context.getRemainingTimeInMillis();
  const patience = Math.max(left - LONGEST_MARGIN_MS, left / 2);
  const results = await Promise.all(tasks.map((task) => resultOf(task, settings, async () => {
    const object = objectOf(invocation, task);
    return textOf(await beforeDeadline(settings.handler, object, context, patience));
  })));
  return { invocationSchemaVersion, invocationId, treatMissingKeysAs: settings.missing, results };
}

async function resultOf({ taskId }: InvocationTask, { errors }: ObjectFunctionSettings, work: () => Promise<string>): Promise<TaskResult> {
  try {
    return { taskId, resultCode: 'Succeeded', resultString: await work() };
  } catch (error) {
    const resultCode = failureCode(error, errors);
    // the log has what the report has no room for
    console.error(JSON.stringify({ message: 'an object failed', taskId, resultCode, error: failureText(error), stack: (error as Error | undefined)?.stack }));
    return { taskId, resultCode, resultString: failureText(error) };
  }
}

/** A function that Lambda ends by its time-out fails for good in S3's eyes: what needs longer is tried again instead. */
async function beforeDeadline(handler: ObjectHandler, object: BatchObject, context: InvocationContext, patience: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('not done before the function\'s time-out'), { name: 'TemporaryFailure' })), patience);
  });
  try {
    return await Promise.race([(async () => handler(object, context))(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function textOf(result: unknown): string {
  if (typeof result === 'string') return result;
  // undefined has no JSON
  return JSON.stringify(result) ?? '';
}
