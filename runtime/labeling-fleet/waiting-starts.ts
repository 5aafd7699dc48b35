import { MemberVisit, waiting } from './member-visit';
import { Visit } from '../../src/model/fleet/run-tally';

export interface WaitingStart {
  readonly page: number;
  readonly visited: MemberVisit;
  /** What is said of it if there is no place. */
  readonly visit: Visit;
}

/**
 * Members that would start a job while it is not known yet how many are under way: under a limit that shows only when all have been
 * looked at. Not more are kept than the limit allows in any case.
 */
export class WaitingStarts {
  private kept: WaitingStart[] = [];

  constructor(private readonly maxConcurrentJobs: number | undefined) {}

  get isLimited(): boolean {
    return this.maxConcurrentJobs !== undefined;
  }

  /** Answers whether there may be a place for it. */
  keep(page: number, visited: MemberVisit, visit: Visit): boolean {
    if (this.kept.length >= this.maxConcurrentJobs!) return false;
    this.kept.push({ page, visited, visit: waiting(visit) });
    return true;
  }

  /** All of them in their order; none is kept afterwards. */
  take(): readonly WaitingStart[] {
    const { kept } = this;
    this.kept = [];
    return kept;
  }
}
