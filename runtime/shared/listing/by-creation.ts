import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { ListPage } from './list-page';
import { PagePorts, readPages } from './page-reader';
import { LabelingJobFilters } from '../../../src/groundtruth/private/labeling-job-inventory-contract';
import { ListedJobs } from '../../../src/model/listing/page';

export interface ListingPorts extends Omit<PagePorts<unknown>, 'listPage' | 'arn'> {
  readonly listPage: ListPage;
}

/** Only such a list can be split by creation time; the service's own order is that of creation. */
export function isByCreation({ SortBy }: LabelingJobFilters): boolean {
  return SortBy === undefined || SortBy === 'CreationTime';
}

/** Lists in the order of creation, oldest or newest first as the filters say, in parallel windows of creation time. */
export function readByCreation(filters: LabelingJobFilters, pageSize: number, ports: ListingPorts): AsyncGenerator<ListedJobs<LabelingJobSummary>> {
  const reversed = { ...filters, SortBy: 'CreationTime', SortOrder: isNewestFirst(filters) ? 'Ascending' : 'Descending' };
  const sign = isNewestFirst(filters) ? -1 : 1;
  return readPages({
    ...ports,
    arn: (job) => job.LabelingJobArn!,
    listPage: async (position, signal) => {
      const narrowed = position ? { ...filters, ...boundAfter(filters, position.after) } : reversed;
      const { times, jobs, nextToken } = await ports.listPage({ pageSize, signal, filters: narrowed, nextToken: position?.token });
      return { keys: times.map((time) => sign * time), jobs, nextToken };
    },
  });
}

/** The filter that leaves out what comes no later than this key in the listing. */
export function boundAfter(filters: LabelingJobFilters, after: number | undefined): Pick<LabelingJobFilters, 'CreationTimeAfter' | 'CreationTimeBefore'> {
  if (after === undefined) return {};
  return isNewestFirst(filters) ? { CreationTimeBefore: new Date(-after) } : { CreationTimeAfter: new Date(after) };
}

function isNewestFirst({ SortOrder }: LabelingJobFilters): boolean {
  return SortOrder === 'Descending';
}
