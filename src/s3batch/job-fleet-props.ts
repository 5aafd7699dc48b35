import { BatchJobRunOptions } from './batch-job-props';
import { Manifest } from './manifest';
import { Operation } from './operation';

/** A job of a fleet. What it leaves out is as the fleet has it. */
export interface FleetJobOptions extends BatchJobRunOptions {
  /**
   * What is done to each object.
   *
   * @default - the fleet's operation
   */
  readonly operation?: Operation;

  /** The objects. */
  readonly manifest: Manifest;
}

/** Properties of a `JobFleet`: its jobs, and what they have in common as far as they do not say otherwise. */
export interface JobFleetProps extends BatchJobRunOptions {
  /**
   * What is done to each object.
   *
   * @default - each job names its own
   */
  readonly operation?: Operation;

  /**
   * The jobs by keys of your own, at most 100. A key stands for its job for ever: another key is another job, which does its work anew.
   * `FleetJobs` makes jobs out of a long list and out of prefixes.
   */
  readonly jobs: { [key: string]: FleetJobOptions };
}
