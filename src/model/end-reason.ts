import { conditionMet, StoppingConditions } from './conditions';
import { Counters } from './counters';
import { endedIdle, StreamFacts } from './stream';

/** Why a stopped job ended. The services do not say, so it is inferred; in doubt a person did it, and a person's wish is left alone. */
export type EndReason = 'our-stop' | 'condition' | 'age' | 'person';

export interface EndFacts {
  /** The ledger shows that we asked for the end. */
  readonly stoppedByUs: boolean;
  readonly conditions: StoppingConditions;
  readonly counters: Counters;
  readonly createdAt: number;
  readonly endedAt: number;
  /** The age at which the service ends a job by itself. */
  readonly maxAgeMs: number;
  /** Of a streaming job, for which conditions do not count. */
  readonly stream?: StreamFacts;
}

export function endReason(facts: EndFacts): EndReason {
  if (facts.stoppedByUs) return 'our-stop';
  if (facts.stream) return endedIdle(facts.stream, facts.createdAt, facts.endedAt) ? 'age' : 'person';
  if (conditionMet(facts.conditions, facts.counters)) return 'condition';
  if (facts.endedAt - facts.createdAt >= facts.maxAgeMs) return 'age';
  return 'person';
}
