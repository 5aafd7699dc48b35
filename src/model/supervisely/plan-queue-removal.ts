import { isAtWork, isUntouched, type OwnQueue } from './own-queue';

/** The server's API can neither archive nor remove a queue. */
export const QUEUE_REMOVAL_MODES = ['STOP', 'COMPLETE', 'RETAIN', 'DRAIN'] as const;
export type QueueRemovalMode = typeof QUEUE_REMOVAL_MODES[number];

export interface QueueRemoval {
  readonly mode: QueueRemovalMode;
  /** Whether the time that DRAIN grants is over. */
  readonly drained: boolean;
  readonly drainThen: Exclude<QueueRemovalMode, 'DRAIN'>;
}

/** What a Delete does to the queues that it is about. */
export interface QueueRemovalPlan {
  readonly stop: readonly OwnQueue[];
  readonly complete: readonly OwnQueue[];
  readonly waitingFor: readonly OwnQueue[];
}

/** A queue of a deployment that never succeeded, and that nobody has begun, is stopped in any case: labelers find nothing half-made. */
export function planQueueRemoval(queues: readonly OwnQueue[], removal: QueueRemoval): QueueRemovalPlan {
  const atWork = queues.filter(isAtWork);
  const halfMade = atWork.filter((queue) => isUntouched(queue) && queue.marks.deployed === undefined);
  const plan = byMode(atWork.filter((queue) => !halfMade.includes(queue)), removal);
  return { ...plan, stop: [...halfMade, ...plan.stop] };
}

function byMode(atWork: readonly OwnQueue[], { mode, drained, drainThen }: QueueRemoval): QueueRemovalPlan {
  const nothing: QueueRemovalPlan = { stop: [], complete: [], waitingFor: [] };
  switch (mode) {
    case 'RETAIN': return nothing;
    case 'STOP': return { ...nothing, stop: atWork };
    case 'COMPLETE': return { ...nothing, complete: atWork };
    case 'DRAIN': return atWork.length > 0 && !drained ? { ...nothing, waitingFor: atWork } : byMode(atWork, { mode: drainThen, drained, drainThen });
  }
}
