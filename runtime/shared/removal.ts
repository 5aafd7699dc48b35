import type { IsCompleteResponse } from './custom-resource';
import { isOver, timedOut } from './deadline';

/** How long a Delete may take, and what it does with jobs that still run. */
export interface RemovalTimes<Mode extends string = string> {
  readonly removalMode: Mode;
  readonly timeoutSeconds: number;
  readonly drainTimeoutSeconds: number;
}

type Started = { readonly StartedAt?: number };
type Clock = { readonly now: () => number };

/** Enough to end what has not drained; with the longest drain still within the hour of CloudFormation. */
const AFTER_DRAIN_SECONDS = 120;

/** What a Delete may take: draining has a time of its own, and whatever follows it needs some more. */
export function removalPatienceSeconds({ removalMode, timeoutSeconds, drainTimeoutSeconds }: RemovalTimes): number {
  return removalMode === 'DRAIN' ? Math.max(timeoutSeconds, drainTimeoutSeconds + AFTER_DRAIN_SECONDS) : timeoutSeconds;
}

/** What the planner of a removal has to know of a Delete. */
export function removalNow<Mode extends string, Then extends string>(
  event: Started, { removalMode: mode, drainThen, drainTimeoutSeconds }: RemovalTimes<Mode> & { readonly drainThen: Then }, ports: Clock,
) {
  return { mode, drainThen, drained: ports.now() >= (event.StartedAt ?? 0) + drainTimeoutSeconds * 1000 };
}

/** Another look, or the end of the patience. */
export function lookAgain(event: Started, removal: RemovalTimes, ports: Clock, waitingFor: string): IsCompleteResponse {
  const patience = removalPatienceSeconds(removal);
  if (isOver(event, patience, ports)) throw timedOut(patience, waitingFor);
  return { IsComplete: false };
}
