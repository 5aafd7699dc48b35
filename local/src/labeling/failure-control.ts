import { number, only, refusal, text } from './control-input';
import type { ControlRoute } from '../core/service';
import { notFound } from '../services/sagemaker/errors';
import type { JobStore } from '../services/sagemaker/job-store';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

/** A failure that somebody asked for: it comes as soon as so many objects are labeled. */
export interface RequestedFailure {
  readonly reason: string;
  readonly afterObjects: number;
}

const DEFAULT_REASON = 'InternalServerError: We encountered an internal error. Please try again.';

/** `POST /_local/labeling-jobs/<name>/fail`: the service gives up on a job. */
export function failureControl(jobs: JobStore, fail: (job: LabelingJob, failure: RequestedFailure) => Promise<void>): ControlRoute {
  return async (body, { name }) => {
    only(body, ['reason', 'afterObjects'], 'the body');
    const failure = {
      reason: text(body.reason ?? DEFAULT_REASON, 'reason'),
      afterObjects: number(body.afterObjects ?? 0, 'afterObjects', 0, 1e6),
    };
    const job = jobs.get(name);
    if (job === undefined) {
      throw notFound(`The labeling job '${name}' does not exist`);
    }
    if (job.status !== 'Initializing' && job.status !== 'InProgress') {
      throw refusal(`The labeling job '${name}' is ${job.status}: only a job that is Initializing or InProgress can fail`);
    }
    await fail(job, failure);
    return { labelingJobName: job.name, labelingJobStatus: job.status, ...failure };
  };
}
