import { invalid, notFound } from './errors';
import type { JobOrder, JobStore } from './job-store';
import type { LabelingJob, LabelingJobStatus } from './labeling-job';
import { describeJob, summarizeJob, summarizeJobForWorkteam } from './labeling-job-views';
import { page, type PageRequest } from './paging';
import type { TagStore } from './tags';
import type { EngineSettings } from '../../core/engine';
import type { Operation } from '../../core/service';

interface TimeFilters {
  readonly CreationTimeAfter?: Date;
  readonly CreationTimeBefore?: Date;
  readonly LastModifiedTimeAfter?: Date;
  readonly LastModifiedTimeBefore?: Date;
}

interface ListRequest extends PageRequest, TimeFilters {
  readonly NameContains?: string;
  readonly SortBy?: JobOrder;
  readonly StatusEquals?: LabelingJobStatus;
}

interface ListForWorkteamRequest extends PageRequest, TimeFilters {
  readonly WorkteamArn: string;
  readonly JobReferenceCodeContains?: string;
}

export interface JobOperationsContext {
  readonly settings: EngineSettings;
  readonly jobs: JobStore;
  readonly tags: TagStore;
  readonly workteamExists: (arn: string) => boolean;
  readonly stop: (job: LabelingJob) => void;
}

/** Everything about labeling jobs but their creation. */
export function labelingJobOperations({ settings, jobs, tags, workteamExists, stop }: JobOperationsContext): Record<string, Operation> {
  const find = (name: string): LabelingJob => {
    const job = jobs.get(name);
    if (job === undefined) {
      throw notFound(`The labeling job '${name}' does not exist`);
    }
    return job;
  };
  return {
    DescribeLabelingJob: ({ LabelingJobName }: { LabelingJobName: string }) => {
      const job = find(LabelingJobName);
      return describeJob(job, tags.list(job.arn));
    },
    StopLabelingJob: ({ LabelingJobName }: { LabelingJobName: string }) => {
      const job = find(LabelingJobName);
      if (job.status !== 'InProgress') {
        throw invalid(`The labeling job '${job.name}' cannot be stopped: its status is ${job.status}, and only a job InProgress can be stopped`);
      }
      stop(job);
      return {};
    },
    ListLabelingJobs: (request: ListRequest) => {
      const matches = (job: LabelingJob) => matchesTimes(job, request)
        && (request.NameContains === undefined || job.name.toLowerCase().includes(request.NameContains.toLowerCase()))
        && (request.StatusEquals === undefined || job.status === request.StatusEquals);
      const { items, NextToken } = page({ operation: 'ListLabelingJobs', request, ...candidates(jobs, request.SortBy ?? 'CreationTime', request), matches });
      return { LabelingJobSummaryList: items.map(summarizeJob), NextToken };
    },
    ListLabelingJobsForWorkteam: (request: ListForWorkteamRequest) => {
      if (!workteamExists(request.WorkteamArn)) {
        throw notFound(`The work team '${request.WorkteamArn}' does not exist`);
      }
      const matches = (job: LabelingJob) => matchesTimes(job, request)
        && job.request.HumanTaskConfig.WorkteamArn === request.WorkteamArn
        && (request.JobReferenceCodeContains === undefined || job.jobReferenceCode.includes(request.JobReferenceCodeContains));
      const { items, NextToken } = page({ operation: 'ListLabelingJobsForWorkteam', request, ...candidates(jobs, 'CreationTime', request), matches });
      return { LabelingJobSummaryList: items.map((job) => summarizeJobForWorkteam(job, settings.accountId)), NextToken };
    },
  };
}

/** The jobs to look at, in order; of those in order of creation only the time in question. */
function candidates(jobs: JobStore, order: JobOrder, { CreationTimeAfter, CreationTimeBefore }: TimeFilters) {
  const { sorted, keyOf } = jobs.sorted(order);
  return { sorted, keyOf, ...(order === 'CreationTime' && { window: jobs.createdBetween(CreationTimeAfter, CreationTimeBefore) }) };
}

/** `After` and `Before` leave out the very moment. */
function matchesTimes(job: LabelingJob, filters: TimeFilters): boolean {
  return between(job.creationTime, filters.CreationTimeAfter, filters.CreationTimeBefore)
    && between(job.lastModifiedTime, filters.LastModifiedTimeAfter, filters.LastModifiedTimeBefore);
}

function between(time: Date, after?: Date, before?: Date): boolean {
  return (after === undefined || time > after) && (before === undefined || time < before);
}
