import {
  LabelingJobStatus, LabelingJobSummary, ListLabelingJobsCommand, ListLabelingJobsCommandInput, SageMakerClient, SortBy, SortOrder,
} from '@aws-sdk/client-sagemaker';
import { unread } from './unread-answer';
import { LabelingJobFilters } from '../../../src/groundtruth/private/labeling-job-inventory-contract';

/** What one call of ListLabelingJobs asks for. */
export interface ListRequest {
  readonly filters: LabelingJobFilters;
  readonly pageSize: number;
  readonly nextToken?: string;
  /** Ends the call when nobody wants its answer any more. */
  readonly signal?: AbortSignal;
}

export interface JobPage {
  /** When its jobs were created, in milliseconds, one number a job. */
  readonly times: readonly number[];
  /** Makes the jobs out of the answer, each time anew. */
  jobs(): readonly LabelingJobSummary[];
  readonly nextToken?: string;
}

/** One call of ListLabelingJobs. */
export type ListPage = (request: ListRequest) => Promise<JobPage>;

export function pagesOf(client: SageMakerClient): ListPage {
  return async ({ filters, pageSize, nextToken, signal }) => {
    const { SortBy: by, SortOrder: order, StatusEquals, ...rest } = filters;
    // the service judges these words, and its answer names the allowed ones
    const words = { SortBy: by as SortBy, SortOrder: order as SortOrder, StatusEquals: StatusEquals as LabelingJobStatus };
    const input: ListLabelingJobsCommandInput = { ...rest, ...words, MaxResults: pageSize, NextToken: nextToken };
    const answer = await client.send(new ListLabelingJobsCommand(input), { abortSignal: signal });
    return unread(answer) ?? pageOf(answer.LabelingJobSummaryList ?? [], answer.NextToken);
  };
}

export function pageOf(jobs: readonly LabelingJobSummary[], nextToken?: string): JobPage {
  return { times: jobs.map((job) => job.CreationTime!.getTime()), jobs: () => jobs, nextToken };
}
