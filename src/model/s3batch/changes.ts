import { BatchWork, isConfirmationAsked } from './work';
import { hasEnded, JobState } from '../job-state';
import { ActualJob, Plan } from '../plan';

/** What S3 Batch can change about a job that is made already, besides its tags. */
export type Change =
  | { readonly kind: 'confirm'; readonly name: string }
  | { readonly kind: 'prioritise'; readonly name: string; readonly priority: number };

/** A batch job as it is. */
export interface ActualBatchJob extends ActualJob {
  /** The service's handle; calls are made by it. Empty where the service has forgotten the job. */
  readonly id: string;
  /** Absent once it has ended: nobody asks any more. */
  readonly priority?: number;
}

/** Brings the newest generation to what is declared now, as far as the service edits jobs; nothing where it is to go. */
export function changesInPlace(work: BatchWork, newest: ActualBatchJob | undefined, plan: Plan): Change[] {
  if (!newest || newest.state === undefined || hasEnded(newest.state) || newest.state === JobState.STOPPING) return [];
  const { name, state, priority } = newest;
  if (plan.steps.some((step) => step.kind === 'stop' && step.name === name)) return [];
  return [
    ...(priority !== work.priority ? [{ kind: 'prioritise', name, priority: work.priority } as const] : []),
    ...(state === JobState.AWAITING_APPROVAL && !isConfirmationAsked(work) ? [{ kind: 'confirm', name } as const] : []),
  ];
}

export function describeChange(change: Change): string {
  return change.kind === 'confirm' ? `confirm ${change.name}` : `give ${change.name} priority ${change.priority}`;
}
