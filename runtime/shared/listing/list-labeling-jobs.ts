/**
 * The listing that everybody shares who has to see many labeling jobs:
 *
 *     listLabelingJobs(client: SageMakerClient, filters: LabelingJobFilters, options?: ListingOptions): AsyncIterable<LabelingJobSummary>
 *
 * - Each job once, in the order of creation (`SortOrder: 'Descending'`: newest first), also while jobs are being created.
 * - `filters` are ListLabelingJobs' own; all may be left out. `NameContains` is a substring filter: who wants a prefix filters again.
 * - Throttles and outages are waited for; anything else is thrown as the service's error.
 * - Memory is flat: break out of the loop, and nothing more is asked for.
 * - `client` is `listingClient()`: tries are made here, and the SDK's own would multiply them.
 */
import { LabelingJobStatus, LabelingJobSummary, ListLabelingJobsCommand, SageMakerClient, SortBy, SortOrder } from '@aws-sdk/client-sagemaker';
import { LabelingJobFilters, MAX_PAGE_SIZE } from '../../../src/groundtruth/private/labeling-job-inventory-contract';
import { isTransient } from '../errors';

export interface ListingOptions {
  /** How many jobs to ask for in a call; 100 where it is left out. */
  readonly pageSize?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const PAUSE_MS = 1_000;

let client: SageMakerClient | undefined;

/** Made once for each process. */
export function listingClient(): SageMakerClient {
  client ??= new SageMakerClient({ maxAttempts: 1 });
  return client;
}

export async function* listLabelingJobs(
  sageMaker: SageMakerClient, filters: LabelingJobFilters, { pageSize = MAX_PAGE_SIZE, sleep = wait }: ListingOptions = {},
): AsyncIterable<LabelingJobSummary> {
  const { SortBy: by, SortOrder: order, StatusEquals, ...rest } = filters;
  const words = { SortBy: by as SortBy, SortOrder: order as SortOrder, StatusEquals: StatusEquals as LabelingJobStatus };
  const listPage = async (NextToken: string | undefined) => {
    for (;;) {
      try {
        return await sageMaker.send(new ListLabelingJobsCommand({ ...rest, ...words, MaxResults: pageSize, NextToken }));
      } catch (error) {
        if (!isTransient(error)) throw error;
        await sleep(PAUSE_MS);
      }
    }
  };
  let token: string | undefined;
  do {
    const page = await listPage(token);
    yield* page.LabelingJobSummaryList ?? [];
    token = page.NextToken;
  } while (token !== undefined);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
