/** Which ends of a job are followed by more work, without anybody asking for it. */
export interface SuperviselyResumePolicy {
  /** Times that a labeler's work is taken up again by itself under one identity and revision. */
  readonly maxAttempts: number;
  /** A job that somebody stopped or archived. */
  readonly stopped: 'RESUME' | 'LEAVE';
  /** A completed job with images that were rejected or never done. */
  readonly rejected: 'RESTART' | 'REPORT';
}

export const DEFAULT_SUPERVISELY_RESUME_POLICY: SuperviselyResumePolicy = { maxAttempts: 3, stopped: 'LEAVE', rejected: 'REPORT' };
