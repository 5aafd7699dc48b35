/** How fast the simulated service works; its control call changes it. */
export interface BatchSettings {
  /** So many jobs are Active at a time; a job of higher priority pauses one of lower. */
  concurrentJobs: number;
  /** Tasks of a job in a second of virtual time. */
  tasksPerSecond: number;
  /** Whether the account has a trail, without which no status event reaches EventBridge. */
  trail: boolean;
}

export const DEFAULT_SETTINGS: BatchSettings = { concurrentJobs: 6, tasksPerSecond: 100, trail: true };
