import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { UserError } from './errors';
import { log, logError } from './log';
import { NOT_YET, type Wake, type WakeEvent } from '../../src/s3batch/private/data-preparation-contract';

/** Thrown so that the state machine calls again. */
class NotYet extends Error {
  override readonly name = NOT_YET;
}

export interface Invoker {
  /** Calls a function, and answers what it answers. */
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
}

/**
 * Has those that wait look at their input: labeling jobs, imports. Whose deployment is not finished does not act yet: it may have looked for the
 * manifest a moment before it was there, so it is woken again.
 */
export async function wakeJobs({ wakes }: WakeEvent, ports: Invoker): Promise<{ readonly next: 'done' }> {
  const skipped: string[] = [];
  const failures: unknown[] = [];
  for (const { functionArn, event } of JSON.parse(wakes) as Wake[]) {
    try {
      const answer = await ports.invoke(functionArn, event) as { readonly skipped?: string } | null;
      log('woken', { functionArn, ...event, answer });
      if (answer?.skipped !== undefined) skipped.push(answer.skipped);
    } catch (error) {
      // what one job lacks must not keep the others waiting
      logError('not woken', error);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  if (skipped.length > 0) throw new NotYet(skipped.join('; '));
  return { next: 'done' };
}

export function invoking(lambda: LambdaClient): Invoker['invoke'] {
  return async (FunctionName, event) => {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
    const text = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new UserError(`${FunctionName} failed: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}
