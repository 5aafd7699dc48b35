import { LIMITS } from '../../model/s3batch/limits';
import { isKnown } from '../../private/tokens';
import { JobFleetProps } from '../job-fleet-props';

/**
 * A job is one resource of CloudFormation, with `ReconcileOn` of a rule three, and a stack has at most 500: there is room for buckets, handlers
 * and what else a stack has. The rights of a shared role, some 200 bytes a job, stay far below IAM's limits.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_JOBS = LIMITS.fleetJobs;

/** All that is wrong with a fleet as such; its jobs look at their own properties. */
export function jobFleetProblems({ jobs, operation }: JobFleetProps): string[] {
  const entries = Object.entries(jobs);
  return [
    ...(entries.length === 0 ? ['\'jobs\' must not be empty: declare at least one job'] : []),
    ...(entries.length > MOST_JOBS ? [`'jobs' must have at most ${MOST_JOBS} jobs, for a stack has 500 resources at most, got ${entries.length}: `
      + 'give each job more rows, or make several fleets in stacks of their own'] : []),
    ...entries.flatMap(([key]) => keyProblems(key)),
    ...(operation ? [] : entries.filter(([, job]) => !job.operation).map(([key]) => `'jobs[${JSON.stringify(key)}].operation' is missing: give it, or 'operation' for all jobs`)),
  ];
}

function keyProblems(key: string): string[] {
  if (!isKnown(key)) return ['the keys of \'jobs\' must be known at synthesis, got a token: a key stands for its job for ever'];
  return key.trim() === '' ? [`the keys of 'jobs' must not be empty, got ${JSON.stringify(key)}`] : [];
}
