/** What a job says about how much it takes. */
export interface JobCapacity {
  /** `MaxConcurrentTaskCount`. */
  readonly most: number;
  /** `NumberOfHumanWorkersPerDataObject`. */
  readonly workers: number;
}

export interface Room {
  readonly objects: number;
  /** To be remembered until the next time. */
  readonly full: boolean;
}

/**
 * How many objects the job takes at once. One that was full takes more only when as many places are free as an object has workers: until then
 * they would wait in the job's queue, where they expire.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-streaming-labeling-job.html
 */
export function roomOf(open: number, { most, workers }: JobCapacity, wasFull: boolean): Room {
  const full = open >= most || (wasFull && open >= Math.max(1, most - workers));
  return { objects: full ? 0 : most - open, full };
}
