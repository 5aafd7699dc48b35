import { DeployEvent } from './events';
import { FORGOTTEN, ObservedJob } from './observe';
import { JobState } from '../../src/model/job-state';
import { exceededThreshold, taskCounts } from '../../src/model/s3batch/task-counts';
import { isConfirmationAsked, workOf } from '../../src/model/s3batch/work';
import { BatchJobInput } from '../../src/s3batch/private/batch-job-decoding-contract';
import { UserError } from '../shared/errors';
import { Waiting } from '../shared/job-resource';

/**
 * What a deployment still waits for; nothing once the job is as far as it has to be. Deployed means accepted by the service, unless the user
 * asked to wait for the end; and then `Complete` alone does not mean success.
 */
export function awaited(
  event: Waiting<DeployEvent>, input: BatchJobInput, desired: { readonly request: Readonly<Record<string, unknown>> }, own: readonly ObservedJob[],
): string | undefined {
  const [job] = own;
  if (!job) return undefined;
  switch (job.state) {
    case JobState.FAILED:
      if (input.waitForCompletion || isOf(event, job)) throw new UserError(`${titleOf(job)} has failed: ${job.failureReason ?? 'S3 gives no reason'}${countsOf(own)}`);
      return undefined;
    case JobState.STOPPED:
      if (input.waitForCompletion) throw new UserError(`${titleOf(job)} was cancelled${job.failureReason === undefined ? '' : ` (${job.failureReason})`}${countsOf(own)}`);
      return undefined;
    case JobState.COMPLETED:
      if (input.waitForCompletion) refuseFailures(input, own);
      return undefined;
    case JobState.AWAITING_APPROVAL:
      return input.waitForCompletion || !isConfirmationAsked(workOf(desired)) ? `${titleOf(job)} to be confirmed` : undefined;
    default:
      return input.waitForCompletion ? `${titleOf(job)} to be Complete, it is ${job.status}${countsOf(own)}`
        : ['New', 'Preparing'].includes(job.status) ? `${titleOf(job)} to be Ready, it is ${job.status}` : undefined;
  }
}

/** Whether this deployment has made the job, if by an earlier request. */
function isOf(event: Waiting<DeployEvent>, job: ObservedJob): boolean {
  return job.requestId === event.RequestId || (event.StartedAt !== undefined && job.createdAt >= event.StartedAt);
}

function refuseFailures({ threshold }: BatchJobInput, own: readonly ObservedJob[]): void {
  const [job] = own;
  const counts = taskCounts(own);
  const exceeded = job.status === FORGOTTEN ? undefined : exceededThreshold(threshold, counts);
  if (exceeded === undefined) return;
  throw new UserError(`${titleOf(job)} is Complete, but tasks have failed, and ${exceeded}${countsOf(own)}. `
    + 'Another "attempt" does what has failed again, once its cause is mended; another "rerun" does everything again');
}

function titleOf({ name, id }: ObservedJob): string {
  return `${name} (${id})`;
}

/** Where to look first when something went wrong. */
function countsOf(own: readonly ObservedJob[]): string {
  const [{ counters, outputUri, failureReason, state }] = own;
  const { total, succeeded, failed } = taskCounts(own);
  const touched = counters.totalLabeled + counters.failedNonRetryableError > 0;
  const reasons = failureReason !== undefined && state === JobState.COMPLETED ? `; ${failureReason}` : '';
  return `; ${succeeded} of ${total} tasks succeeded, ${failed} failed${outputUri !== undefined && touched ? `; report: ${outputUri}` : ''}${reasons}`;
}
