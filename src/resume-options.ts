import { DEFAULT_RESUME_POLICY, ResumePolicy } from './model/resume-policy';
import { isKnown, tokenProblems } from './private/tokens';

/** Which failed jobs are resumed. */
export enum FailedJobs {
  /** Those whose reason is one that passes, such as an internal error of the service. */
  TRANSIENT = 'TRANSIENT',
  /** All. */
  ALWAYS = 'ALWAYS',
  /** None: they are reported. */
  NEVER = 'NEVER',
}

/** What follows the end of a job that has objects left. */
export enum EndedJobs {
  /** A next job labels what is left. */
  RESUME = 'RESUME',
  /** It is reported and left. */
  LEAVE = 'LEAVE',
}

/** What follows a completed job with objects that failed or were not labeled. */
export enum IncompleteJobs {
  /** A next job labels these alone. */
  RETRY = 'RETRY',
  /** It is reported. */
  REPORT = 'REPORT',
}

/** Which ends of a job are followed by a next one on what is left, without anybody asking for it. No object is labeled twice. */
export interface ResumeOptions {
  /**
   * How many jobs may follow failures, people's stops and incomplete ends. Another revision, if only of `attempt`, grants as many again; a
   * job that was stopped by its age is no failed attempt.
   *
   * @default 3
   */
  readonly maxAttempts?: number;

  /**
   * Which failed jobs are resumed.
   *
   * @default FailedJobs.TRANSIENT
   */
  readonly failed?: FailedJobs;

  /**
   * What follows when a person has stopped a job.
   *
   * @default EndedJobs.LEAVE
   */
  readonly stopped?: EndedJobs;

  /**
   * What follows when the service has stopped a job by its age: after 30 days, a streaming job after ten days without an object.
   *
   * @default EndedJobs.RESUME
   */
  readonly aged?: EndedJobs;

  /**
   * What follows a completed job with objects that failed or were not labeled.
   *
   * @default IncompleteJobs.REPORT
   */
  readonly incomplete?: IncompleteJobs;
}

/** With all defaults in place; more specific options come first. */
export function resumePolicy(...options: Array<ResumeOptions | undefined>): ResumePolicy {
  const first = <K extends keyof ResumeOptions>(key: K) => options.map((each) => each?.[key]).find((value) => value !== undefined);
  return {
    maxAttempts: first('maxAttempts') ?? DEFAULT_RESUME_POLICY.maxAttempts,
    failed: first('failed') ?? DEFAULT_RESUME_POLICY.failed,
    stopped: first('stopped') ?? DEFAULT_RESUME_POLICY.stopped,
    aged: first('aged') ?? DEFAULT_RESUME_POLICY.aged,
    incomplete: first('incomplete') ?? DEFAULT_RESUME_POLICY.incomplete,
  };
}

export function resumeProblems(options: ResumeOptions | undefined): string[] {
  const attempts = options?.maxAttempts;
  const unknown = tokenProblems('resume.maxAttempts', [attempts], 'the policy is written down as JSON');
  if (unknown.length > 0) return unknown;
  return !isKnown(attempts) || (Number.isInteger(attempts) && attempts >= 0)
    ? []
    : [`'resume.maxAttempts' must be a whole number from 0, got ${attempts}`];
}
