import {
  CreateJobCommand, CreateJobCommandInput, DescribeJobCommand, GetJobTaggingCommand, JobDescriptor, ListJobsCommand, PutJobTaggingCommand, RequestedJobStatus,
  S3ControlClient, UpdateJobPriorityCommand, UpdateJobStatusCommand,
} from '@aws-sdk/client-s3-control';
import { isNoSuchJob } from './errors';
import { BatchJobs, CreateRequest, JobDescription, JobManifest } from './ports';
import { Counters } from '../../src/model/counters';
import { Tags } from '../../src/model/ledger';
import { LIMITS } from '../../src/model/s3batch/limits';

/** Members that the SDK takes as times; JSON has none. */
const TIMES: ReadonlySet<string> = new Set([
  'CreatedAfter', 'CreatedBefore', 'ModifiedSinceConstraint', 'UnModifiedSinceConstraint', 'ObjectLockRetainUntilDate', 'RetainUntilDate', 'HttpExpiresDate',
]);

/** Statuses to which somebody's reason belongs, and not S3's. */
const CANCELLED: ReadonlySet<string> = new Set(['Cancelling', 'Cancelled']);

/** Members that map names of the user's own, which may be called like any other. */
const MAPS: ReadonlySet<string> = new Set(['UserArguments', 'UserMetadata']);

export class S3BatchJobs implements BatchJobs {
  constructor(private readonly client: S3ControlClient, private readonly AccountId: string, private readonly now: () => number) {}

  async create(request: CreateRequest): Promise<string> {
    const input = withTimes(request) as unknown as CreateJobCommandInput;
    return (await this.client.send(new CreateJobCommand({ ...input, AccountId: this.AccountId }))).JobId!;
  }

  async describe(JobId: string): Promise<JobDescription | undefined> {
    try {
      const { Job } = await this.client.send(new DescribeJobCommand({ AccountId: this.AccountId, JobId }));
      return description(Job!, this.now());
    } catch (error) {
      if (isNoSuchJob(error)) return undefined;
      throw error;
    }
  }

  async* list(): AsyncIterable<{ id: string; description: string }> {
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new ListJobsCommand({ AccountId: this.AccountId, MaxResults: LIMITS.listPageSize.max, NextToken }));
      for (const { JobId, Description = '' } of page.Jobs ?? []) yield { id: JobId!, description: Description };
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  async tags(JobId: string): Promise<Tags> {
    const { Tags: tags = [] } = await this.client.send(new GetJobTaggingCommand({ AccountId: this.AccountId, JobId }));
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  }

  async putTags(JobId: string, tags: Tags): Promise<void> {
    const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await this.client.send(new PutJobTaggingCommand({ AccountId: this.AccountId, JobId, Tags: list }));
  }

  async prioritise(JobId: string, Priority: number): Promise<void> {
    await this.client.send(new UpdateJobPriorityCommand({ AccountId: this.AccountId, JobId, Priority }));
  }

  async confirm(id: string, why: string): Promise<void> {
    await this.update(id, 'Ready', why);
  }

  async cancel(id: string, why: string): Promise<void> {
    await this.update(id, 'Cancelled', why);
  }

  private async update(JobId: string, status: RequestedJobStatus, why: string): Promise<void> {
    const StatusUpdateReason = why.slice(0, LIMITS.statusUpdateReasonLength);
    await this.client.send(new UpdateJobStatusCommand({ AccountId: this.AccountId, JobId, RequestedJobStatus: status, StatusUpdateReason }));
  }
}

function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) =>
    [key, MAPS.has(key) ? member : TIMES.has(key) ? new Date(String(member)) : withTimes(member)]));
}

function description(job: JobDescriptor, now: number): JobDescription {
  const { Report, Manifest, GeneratedManifestDescriptor: generated, FailureReasons = [], StatusUpdateReason } = job;
  const reasons = FailureReasons.map(({ FailureCode, FailureReason }) => [FailureCode, FailureReason].filter((text) => text).join(': '));
  return {
    id: job.JobId!,
    arn: job.JobArn!,
    description: job.Description ?? '',
    status: job.Status!,
    priority: job.Priority ?? 0,
    counters: countersOf(job),
    activeSeconds: job.ProgressSummary?.Timers?.ElapsedTimeInActiveSeconds ?? 0,
    createdAt: job.CreationTime!.getTime(),
    endedAt: job.TerminationDate?.getTime() ?? now,
    // the reason of a confirmation stands there as well
    failureReason: reasons.join('; ') || (CANCELLED.has(job.Status!) && StatusUpdateReason) || undefined,
    reportUri: reportUri(job),
    reportsAllTasks: Report?.Enabled === true && Report.ReportScope === 'AllTasks',
    manifest: (Manifest ?? (generated && { Spec: { Format: generated.Format! }, Location: generated.Location! })) as JobManifest | undefined,
  };
}

/** In the common planner's words; before the manifest is read, there are no tasks. */
function countersOf({ ProgressSummary: progress }: JobDescriptor): Counters {
  const { TotalNumberOfTasks: total = 0, NumberOfTasksSucceeded: succeeded = 0, NumberOfTasksFailed: failed = 0 } = progress ?? {};
  const pending = Math.max(0, total - succeeded - failed);
  return { totalLabeled: succeeded, humanLabeled: 0, machineLabeled: succeeded, failedNonRetryableError: failed, unlabeled: pending };
}

function reportUri({ JobId, Report }: JobDescriptor): string | undefined {
  if (!Report?.Enabled || Report.Bucket === undefined) return undefined;
  const folder = Report.Prefix ? `${Report.Prefix.replace(/\/+$/, '')}/` : '';
  return `s3://${Report.Bucket.split(':').at(-1)}/${folder}job-${JobId}/manifest.json`;
}
