import { GenerationRecord, Ledger } from '../ledger';

/** The jobs that matter to a stream. */
export interface StreamJobs {
  /** The one that objects are for. */
  readonly present?: GenerationRecord;
  /** Not known to have ended: while one lives, it would be given what is published for its successor. */
  readonly former: readonly GenerationRecord[];
  /** Whether objects are to be forwarded at all. */
  readonly isRunningWanted: boolean;
}

export function streamJobs(ledger: Ledger | undefined): StreamJobs {
  const { desired, generations = [] } = ledger ?? {};
  const own = generations.filter(({ released }) => !released);
  const present = own.filter(({ identity }) => identity === desired?.identity).sort((a, b) => b.generation - a.generation)[0];
  return {
    present,
    former: own.filter((one) => one !== present && one.arn !== undefined && !one.end),
    isRunningWanted: desired !== undefined && (desired.desiredState ?? 'RUNNING') === 'RUNNING' && ledger?.movedTo === undefined,
  };
}
