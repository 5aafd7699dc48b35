import { CreateJobCommand, DescribeJobCommand, paginateListJobs, S3ControlClient, UpdateJobStatusCommand } from '@aws-sdk/client-s3-control';
import type { BatchJobs, JobLook, JobRequest } from './ports';
import { LIMITS } from '../../src/model/s3batch/limits';
import { errorName, httpStatus } from '../shared/errors';
import { log } from '../shared/log';

/** A job that was made a moment ago may not be shown yet; one that has ended 90 days ago is forgotten. */
const UNKNOWN = /^(NotFoundException|NoSuchJob.*)$/;

export class S3ControlJobs implements BatchJobs {
  constructor(private readonly client: S3ControlClient, private readonly accountId: () => string) {}

  async create(request: JobRequest): Promise<string> {
    const { JobId } = await this.client.send(new CreateJobCommand({ AccountId: this.accountId(), ...request }));
    return JobId!;
  }

  async find(token: string): Promise<string | undefined> {
    for await (const { Jobs = [] } of paginateListJobs({ client: this.client, pageSize: LIMITS.listPageSize.max }, { AccountId: this.accountId() })) {
      const job = Jobs.find(({ Description }) => Description?.endsWith(`[${token}]`));
      if (job) return job.JobId;
    }
    return undefined;
  }

  async describe(JobId: string): Promise<JobLook | undefined> {
    try {
      const { Job } = await this.client.send(new DescribeJobCommand({ AccountId: this.accountId(), JobId }));
      const reasons = (Job!.FailureReasons ?? []).map(({ FailureCode, FailureReason }) => `${FailureCode}: ${FailureReason}`);
      return { status: Job!.Status!, reasons: reasons.join('; ') || (Job!.StatusUpdateReason ?? 'S3 gives no reason') };
    } catch (error) {
      if (!UNKNOWN.test(errorName(error)) && httpStatus(error) !== 404) throw error;
      return undefined;
    }
  }

  async cancel(JobId: string, why: string): Promise<void> {
    try {
      await this.client.send(new UpdateJobStatusCommand({ AccountId: this.accountId(), JobId, RequestedJobStatus: 'Cancelled', StatusUpdateReason: why }));
      log('batch job is being cancelled', { JobId, why });
    } catch (error) {
      // it ended in between
      if (errorName(error) !== 'JobStatusException' && !UNKNOWN.test(errorName(error))) throw error;
    }
  }
}
