/** How many objects of a job are where. The names are Ground Truth's; other systems are translated into them. */
export interface Counters {
  readonly totalLabeled: number;
  readonly humanLabeled: number;
  readonly machineLabeled: number;
  readonly failedNonRetryableError: number;
  readonly unlabeled: number;
}

export const NO_COUNTERS: Counters = { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 0 };

export function sumCounters(all: Iterable<Counters>): Counters {
  let sum = NO_COUNTERS;
  for (const one of all) {
    sum = {
      totalLabeled: sum.totalLabeled + one.totalLabeled,
      humanLabeled: sum.humanLabeled + one.humanLabeled,
      machineLabeled: sum.machineLabeled + one.machineLabeled,
      failedNonRetryableError: sum.failedNonRetryableError + one.failedNonRetryableError,
      unlabeled: sum.unlabeled + one.unlabeled,
    };
  }
  return sum;
}

/** Objects without a consolidated label, those that failed included. */
export function objectsLeft(counters: Counters): number {
  return counters.unlabeled + counters.failedNonRetryableError;
}

/** Whether the job has touched nothing: no object was labeled, none has failed. */
export function isUntouched(counters: Counters): boolean {
  return counters.totalLabeled === 0 && counters.humanLabeled === 0 && counters.machineLabeled === 0 && counters.failedNonRetryableError === 0;
}
