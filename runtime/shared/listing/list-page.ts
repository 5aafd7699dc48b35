import {
  LabelingJobStatus, LabelingJobSummary, ListLabelingJobsCommand, ListLabelingJobsCommandInput, SageMakerClient, SortBy, SortOrder,
} from '@aws-sdk/client-sagemaker';
import { LabelingJobFilters } from '../../../src/groundtruth/private/labeling-job-inventory-contract';
import { ListedPage } from '../../../src/model/listing/page';

/** What one call of ListLabelingJobs asks for. */
export interface ListRequest {
  readonly filters: LabelingJobFilters;
  readonly pageSize: number;
  readonly nextToken?: string;
  /** Ends the call when nobody wants its answer any more. */
  readonly signal?: AbortSignal;
}

/** One call of ListLabelingJobs. */
export type ListPage = (request: ListRequest) => Promise<ListedPage<LabelingJobSummary>>;

export function pagesOf(client: SageMakerClient): ListPage {
  return async ({ filters, pageSize, nextToken, signal }) => {
    const { SortBy: by, SortOrder: order, StatusEquals, ...rest } = filters;
    // the service judges these words, and its answer names the allowed ones
    const words = { SortBy: by as SortBy, SortOrder: order as SortOrder, StatusEquals: StatusEquals as LabelingJobStatus };
    const input: ListLabelingJobsCommandInput = { ...rest, ...words, MaxResults: pageSize, NextToken: nextToken };
    const page = await client.send(new ListLabelingJobsCommand(input), { abortSignal: signal });
    return { jobs: page.LabelingJobSummaryList ?? [], nextToken: page.NextToken };
  };
}
