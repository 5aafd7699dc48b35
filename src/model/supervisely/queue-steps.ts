import type { SuperviselyJobStatus } from './limits';
import type { OwnQueue } from './own-queue';

export type QueueStep =
  | CreateQueueStep
  | { readonly kind: 'stop'; readonly queue: OwnQueue; readonly why: string; readonly asDeclared?: true }
  | { readonly kind: 'set-status'; readonly queue: OwnQueue; readonly status: SuperviselyJobStatus; readonly why: string }
  /** Nothing is declared any more: a later declaration is a new one. */
  | { readonly kind: 'forget-status'; readonly queue: OwnQueue };

export interface CreateQueueStep {
  readonly kind: 'create';
  readonly generation: number;
  /** The queue that left these images; without it the declared ones. */
  readonly from?: { readonly name: string; readonly imageIds: readonly number[] };
}

export interface QueuePlan {
  readonly steps: readonly QueueStep[];
  /** What a user should know. */
  readonly notes: readonly string[];
  /** Why nothing may be done at all. */
  readonly error?: string;
}

/** For people: `stop the queue 7: its settings change`. */
export function describeQueueStep(one: QueueStep): string {
  if (one.kind === 'create') return `make queue ${one.generation}${one.from ? ` for the ${one.from.imageIds.length} images that ${one.from.name} left` : ''}`;
  const queue = `the queue ${one.queue.queueId}`;
  switch (one.kind) {
    case 'stop': return `stop ${queue}: ${one.why}`;
    case 'set-status': return `set ${queue} to ${one.status}: ${one.why}`;
    case 'forget-status': return `leave the status of ${queue} to people`;
  }
}
