/** Where a streaming job's objects come from. */
export type StreamSource =
  /** A store that knows every object that came, and gives each to the job only while there is room. */
  | { readonly kind: 'INTAKE'; readonly bucket: string; readonly prefix: string }
  /** A topic of the user's: what was sent is known to the job and its queue alone. */
  | { readonly kind: 'TOPIC' };

/** What is known of a streaming job beside what the service shows. */
export interface StreamFacts {
  /** When its stream's store gave something to a job last, as it stood when the job's end was seen; absent where nothing is known of that. */
  readonly lastForwardedAt?: number;
  /** Where the messages stand that its queue still held when it had ended; absent where there were none. */
  readonly savedTo?: string;
  /** Whether it has objects that are not done; known only where it was looked at. */
  readonly open?: boolean;
}

/** A streaming job that is sent nothing for so long is ended by the service. */
export const MAX_IDLE_MS = 10 * 24 * 3600 * 1000;

/**
 * Whether the service may have ended a streaming job because it was sent nothing. One that had messages left was not idle, and one that was
 * given something less than ten days before its end was stopped by somebody.
 */
export function endedIdle(facts: StreamFacts, createdAt: number, endedAt: number): boolean {
  return facts.savedTo === undefined && endedAt - Math.max(createdAt, facts.lastForwardedAt ?? 0) >= MAX_IDLE_MS;
}
