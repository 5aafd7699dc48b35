import type { SuperviselyJobStatus } from './limits';

export interface FoundJob {
  readonly id: number;
  readonly name: string;
  readonly status: SuperviselyJobStatus;
}

export interface Twins<T extends FoundJob> {
  /** The one that counts: the first that was made. */
  readonly kept: T | undefined;
  /** Made by another try whose answer was lost, and touched by nobody. */
  readonly removed: readonly T[];
  /** Somebody works on them already: only a person can say which labels count. */
  readonly touched: readonly T[];
}

/** Of the jobs that have one name: a retry after a lost answer never leaves a second one. */
export function twinsAmong<T extends FoundJob>(jobs: readonly T[], name: string): Twins<T> {
  const [kept, ...younger] = jobs.filter((job) => job.name === name).sort((left, right) => left.id - right.id);
  return { kept, removed: younger.filter(({ status }) => status === 'pending'), touched: younger.filter(({ status }) => status !== 'pending') };
}
