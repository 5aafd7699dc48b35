/** What is wanted of a job as a whole. */
export enum DesiredState {
  /** It labels, and is resumed as the policy says. */
  RUNNING = 'RUNNING',
  /** What runs goes on to its end; nothing is started or resumed any more. */
  DRAINED = 'DRAINED',
  /** What runs is stopped. Answers that are not yet made into a label are lost; all labels stay. */
  STOPPED = 'STOPPED',
}

/** Whether a resource acts. */
export enum ReconcileMode {
  /** Jobs are created, resumed, stopped and tagged. */
  ENFORCE = 'ENFORCE',
  /** Nothing is touched: what would be done stands in attributes and records. */
  REPORT_ONLY = 'REPORT_ONLY',
}
