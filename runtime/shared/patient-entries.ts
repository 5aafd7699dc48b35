import { IsCompleteResponse, OnEventRequest, OnEventResponse } from './custom-resource';
import { isOver, timedOut } from './deadline';
import { errorMessage, isTransient, UserError } from './errors';
import { log, logError, logEvent } from './log';
import { mayBeTooNew } from './patience';
import { LedgerConflict } from './ports';

/** What must be left of an invocation's time for another try. */
const LEAST_TIME_MS = 20_000;
const PAUSE_MS = 1_000;

type AnyEvent = OnEventRequest<unknown> & { readonly StartedAt?: number };

interface Invocation {
  readonly now: () => number;
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The entry of an `onEvent`: there is no later poll for it, so that it is patient itself. */
export async function onEventPatiently(event: AnyEvent, ports: Invocation, work: () => Promise<OnEventResponse>): Promise<OnEventResponse> {
  logEvent('onEvent', event);
  const begun = { ...event, StartedAt: ports.now() };
  return failClearly(async () => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isWorthATry(error, begun, ports) || ports.remaining() < LEAST_TIME_MS) throw error;
        log('trying again', { reason: errorMessage(error) });
        await ports.sleep(Math.max(PAUSE_MS, Math.min(askedPauseMs(error), ports.remaining() - LEAST_TIME_MS)));
      }
    }
  });
}

/** The entry of an `isComplete`: what passes is tried again at the next poll, until the event's time is over. */
export async function isCompletePatiently(
  event: AnyEvent, ports: Invocation, patienceSeconds: () => number, work: () => Promise<IsCompleteResponse>,
): Promise<IsCompleteResponse> {
  logEvent('isComplete', event);
  return failClearly(async () => {
    try {
      return await work();
    } catch (error) {
      if (!isWorthATry(error, event, ports)) throw error;
      const seconds = patienceSeconds();
      if (isOver(event, seconds, ports)) throw timedOut(seconds, `an answer other than: ${errorMessage(error)}`, error);
      log('trying again at the next poll', { reason: errorMessage(error) });
      return { IsComplete: false };
    }
  });
}

/** What a server has asked for that is busy. */
function askedPauseMs(error: unknown): number {
  return (error as { readonly retryAfterMs?: number } | undefined)?.retryAfterMs ?? 0;
}

/** Throttles and outages pass, and so do the first seconds of rights that came with this very deployment. */
function isWorthATry(error: unknown, event: AnyEvent, ports: Invocation): boolean {
  return isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports);
}

/** The log gets the whole error, the user's terminal one line of it. */
async function failClearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${(error as Error).name}: ${errorMessage(error)}`, error);
  }
}
