import { JobState } from '../../model/job-state';

/**
 * What passes between the `JobFleet` construct and its handler: CloudFormation cannot add numbers. The jobs themselves are resources of their
 * own; of them this one gets what their attributes are, so that it is made anew whenever one of them changes.
 */
export const JOB_FLEET_RESOURCE_TYPE = 'Custom::S3BatchJobFleet';
export const JOB_FLEET_CONTRACT_VERSION = '1';

export interface JobFleetProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Members: readonly JobFleetMember[];
}

/** A job, by attributes of its resource: CloudFormation hands them over as text. */
export interface JobFleetMember {
  readonly Key: string;
  /** A `JobState`; empty as long as there is no job. */
  readonly State: string;
  readonly TotalTasks: string;
  readonly SucceededTasks: string;
  readonly FailedTasks: string;
  readonly ActiveSeconds: string;
}

/** Counters that are summed over all jobs. */
export const SUMMED_ATTRIBUTES = ['TotalTasks', 'SucceededTasks', 'FailedTasks', 'ActiveSeconds'] as const;

/** States in which a batch job can be, each an attribute: how many jobs are in it. */
export const FLEET_STATES = [
  JobState.PENDING, JobState.AWAITING_APPROVAL, JobState.RUNNING, JobState.STOPPING, JobState.COMPLETED, JobState.FAILED, JobState.STOPPED,
] as const;

/** Attributes: every one is returned on every path. */
export type JobFleetAttribute = typeof SUMMED_ATTRIBUTES[number] | `${typeof FLEET_STATES[number]}`;
export type JobFleetAttributes = Readonly<Record<JobFleetAttribute, string>>;
