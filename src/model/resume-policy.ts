/** Which ends of a job are followed by a next generation on what is left, without anybody asking for it. */
export interface ResumePolicy {
  /**
   * Generations that may follow failures, people's stops and incomplete ends under one identity and revision: who changes the job,
   * if only by `attempt`, grants as many again. Ageing is no failed try.
   */
  readonly maxAttempts: number;
  readonly failed: 'TRANSIENT' | 'ALWAYS' | 'NEVER';
  readonly stopped: 'RESUME' | 'LEAVE';
  readonly aged: 'RESUME' | 'LEAVE';
  /** Completed with failed or unlabeled objects. */
  readonly incomplete: 'RETRY' | 'REPORT';
}

export const DEFAULT_RESUME_POLICY: ResumePolicy = { maxAttempts: 3, failed: 'TRANSIENT', stopped: 'LEAVE', aged: 'RESUME', incomplete: 'REPORT' };

/** What the user wants of a job as a whole: label; start nothing more but let run what runs; or stop. */
export type DesiredState = 'RUNNING' | 'DRAINED' | 'STOPPED';
