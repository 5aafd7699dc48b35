import { DEFAULT_SUPERVISELY_RESUME_POLICY, SuperviselyResumePolicy } from '../model/supervisely/resume-policy';
import { isKnown, tokenProblems } from '../private/tokens';
import { EndedJobs } from '../resume-options';

/** What follows a completed job with images that were rejected or never done. */
export enum RejectedImages {
  /** A next job is for these alone. */
  RESTART = 'RESTART',
  /** They are reported. */
  REPORT = 'REPORT',
}

/** Which ends of a job are followed by more work, without anybody asking for it. No image that is accepted or waits for review is labeled again. */
export interface JobResumeOptions {
  /**
   * How many times a labeler's work is taken up again. Another revision, if only of `attempt`, grants as many again.
   *
   * @default 3
   */
  readonly maxAttempts?: number;

  /**
   * What follows when a person has stopped or archived a job.
   *
   * @default EndedJobs.LEAVE
   */
  readonly stopped?: EndedJobs;

  /**
   * What follows a completed job with images that were rejected or never done.
   *
   * @default RejectedImages.REPORT
   */
  readonly rejected?: RejectedImages;
}

/** With all defaults in place. */
export function resumePolicy({ maxAttempts, stopped, rejected }: JobResumeOptions): SuperviselyResumePolicy {
  const otherwise = DEFAULT_SUPERVISELY_RESUME_POLICY;
  return { maxAttempts: maxAttempts ?? otherwise.maxAttempts, stopped: stopped ?? otherwise.stopped, rejected: rejected ?? otherwise.rejected };
}

export function resumeProblems(options: JobResumeOptions | undefined): string[] {
  const attempts = options?.maxAttempts;
  const unknown = tokenProblems('resume.maxAttempts', [attempts], 'the policy is written down as JSON');
  if (unknown.length > 0) return unknown;
  return !isKnown(attempts) || (Number.isInteger(attempts) && attempts >= 0)
    ? []
    : [`'resume.maxAttempts' must be a whole number from 0, got ${attempts}`];
}
