import type { Ports } from './ports';
import { NOT_YET, type PreparationAnswer, type Wake, type WakeEvent } from '../../src/s3batch/private/data-preparation-contract';
import { log } from '../shared/log';

/** Thrown so that the state machine calls again. */
class NotYet extends Error {
  override readonly name = NOT_YET;
}

/**
 * Has the labeling jobs look at their input. Whose deployment is not finished does not act yet: it may have looked for the manifest a moment before it
 * was there, so it is woken again.
 */
export async function wakeJobs({ wakes }: WakeEvent, ports: Ports): Promise<PreparationAnswer> {
  const skipped: string[] = [];
  for (const { functionArn, event } of JSON.parse(wakes) as Wake[]) {
    const answer = await ports.invoke(functionArn, event) as { readonly skipped?: string } | null;
    log('woken', { functionArn, ...event, answer });
    if (answer?.skipped !== undefined) skipped.push(answer.skipped);
  }
  if (skipped.length > 0) throw new NotYet(skipped.join('; '));
  return { next: 'done' };
}
