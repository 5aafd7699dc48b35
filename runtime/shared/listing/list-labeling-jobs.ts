/**
 * The listing that everybody shares who has to see many labeling jobs:
 *
 *     listLabelingJobs(client: SageMakerClient, filters: LabelingJobFilters, options?: ListingOptions): AsyncIterable<LabelingJobSummary>
 *
 * - Each job once, in the order of creation (`SortOrder: 'Descending'`: newest first), also while jobs are being created.
 * - `filters` are ListLabelingJobs' own; all may be left out. `NameContains` is a substring filter: who wants a prefix filters again.
 *   Any `SortBy` but the creation time is refused.
 * - Throttles and outages are waited for, as long as the time is not over; anything else is thrown as the service's error.
 * - Memory is flat. Up to three pages of jobs take the calls that any paginator makes; long lists take a few percent more, because
 *   windows of creation time are read in parallel (see src/model/listing). Break out of the loop, and nothing more is asked for.
 * - `client` is `listingClient()`: tries are made here, and the SDK's own would multiply them.
 */
import type { LabelingJobSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { isByCreation, readByCreation } from './by-creation';
import { pagesOf } from './list-page';
import { LabelingJobFilters, MAX_PAGE_SIZE } from '../../../src/groundtruth/private/labeling-job-inventory-contract';

export interface ListingOptions {
  /** How many jobs to ask for in a call; 100 where it is left out. */
  readonly pageSize?: number;
  /** Whether a throttle is a failure by now; never, where it is left out. */
  readonly isTimeOver?: () => boolean;
}

export async function* listLabelingJobs(
  client: SageMakerClient, filters: LabelingJobFilters, { pageSize = MAX_PAGE_SIZE, isTimeOver = () => false }: ListingOptions = {},
): AsyncIterable<LabelingJobSummary> {
  if (!isByCreation(filters)) throw new Error(`SortBy: expected CreationTime or nothing, got ${JSON.stringify(filters.SortBy)}`);
  const ports = { listPage: pagesOf(client), now: () => performance.now(), sleep, isTimeOver };
  for await (const { jobs } of readByCreation(filters, pageSize, ports)) yield* jobs;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
