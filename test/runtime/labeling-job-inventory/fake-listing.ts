import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { Listing } from '../../../runtime/labeling-job-inventory/listing';
import { ListPage, pageOf } from '../../../runtime/shared/listing/list-page';
import { decodeLabelingJobInventoryProperties, LabelingJobInventoryProperties } from '../../../src/groundtruth/private/labeling-job-inventory-contract';

/** A service with jobs made at these seconds; its token is a position in the filtered and sorted list, and serves those filters only. */
export function service(seconds: readonly number[]): ListPage {
  const jobs = seconds.map((second, index) => ({
    LabelingJobName: `job-${index}`, LabelingJobArn: `arn:job-${index}`, CreationTime: new Date(second * 1_000),
  } as LabelingJobSummary));
  return async ({ filters: { CreationTimeAfter: after, CreationTimeBefore: before, SortOrder }, pageSize, nextToken }) => {
    const found = jobs.filter(({ CreationTime: time }) => (!after || time! > after) && (!before || time! < before));
    if (SortOrder === 'Descending') found.reverse();
    const own = `${after?.getTime()}/${before?.getTime()}/${SortOrder}/`;
    if (nextToken !== undefined && !nextToken.startsWith(own)) throw Object.assign(new Error('a token of another list'), { name: 'ValidationException' });
    const start = Number(nextToken?.slice(own.length) ?? 0);
    const end = Math.min(start + pageSize, found.length);
    return pageOf(found.slice(start, end), end < found.length ? `${own}${end}` : undefined);
  };
}

export interface Asked {
  readonly Filters?: LabelingJobInventoryProperties['Filters'];
  readonly Pagination?: LabelingJobInventoryProperties['Pagination'];
}

/** The listing's names, its calls and the token that it ends with. */
export async function list(listPage: ListPage, { Filters = {}, Pagination = {} }: Asked, isTimeOver = () => false) {
  const input = decodeLabelingJobInventoryProperties({ ContractVersion: '1', RecordBucket: 'b', RecordPrefix: '', Filters, Pagination });
  let [calls, now] = [0, 0];
  const counted: ListPage = async (request) => {
    calls += 1;
    return listPage(request);
  };
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  const listing = new Listing(input, { listPage: counted, now: () => now, sleep, isTimeOver });
  const names: string[] = [];
  for await (const page of listing.pages()) names.push(...page.map((job) => job.LabelingJobName!));
  return { names, calls, token: listing.nextToken };
}
