import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { decodePageToken, encodePageToken, PageToken } from './page-token';
import { LabelingJobInventoryInput } from '../../src/groundtruth/private/labeling-job-inventory-contract';
import { CallRate } from '../../src/model/listing/call-rate';
import { ListedJobs } from '../../src/model/listing/page';
import { isTransient } from '../shared/errors';
import { boundAfter, isByCreation, ListingPorts, readByCreation } from '../shared/listing/by-creation';
import { JobPage } from '../shared/listing/list-page';

/**
 * A listing with `MaxItems`, `PageSize` and `StartingToken` as botocore's paginators understand them. After the last page, `nextToken`
 * says where it would go on: at `MaxItems`, or where the time was over.
 *
 * A whole list in the order of creation, which is the service's own, is read in parallel; any other one page by page.
 */
export class Listing {
  nextToken?: string;

  constructor(private readonly input: LabelingJobInventoryInput, private readonly ports: ListingPorts) {}

  pages(): AsyncIterable<readonly LabelingJobSummary[]> {
    const { filters, maxItems, startingToken } = this.input;
    return isByCreation(filters) && maxItems === undefined && startingToken === undefined ? this.wholeList() : this.pageByPage();
  }

  private async* wholeList(): AsyncIterable<readonly LabelingJobSummary[]> {
    const { filters, pageSize } = this.input;
    let next: ListedJobs<LabelingJobSummary>['next'];
    try {
      for await (const page of readByCreation(filters, pageSize, this.ports)) {
        yield page.jobs;
        next = page.next;
        if (this.ports.isTimeOver()) break;
      }
    } catch (error) {
      // throttled until the time was over: what there is, is a list that was cut
      if (!next || !isTransient(error)) throw error;
    }
    if (next) this.stopAt({ nextToken: next.token, skip: next.skip, ...(next.after !== undefined && { bound: boundAfter(filters, next.after) }) });
  }

  private async* pageByPage(): AsyncIterable<readonly LabelingJobSummary[]> {
    let left = this.input.maxItems ?? Infinity;
    let at: PageToken = decodePageToken(this.input.startingToken);
    const rate = new CallRate(1);
    for (;;) {
      const page = await this.patiently(at, rate);
      // a token may come from larger pages than ours: what is to be skipped goes on in the next one
      const jobs = page.jobs();
      const skipped = Math.min(at.skip, jobs.length);
      const given = jobs.slice(skipped, skipped + left);
      yield given;
      left -= given.length;
      const end = skipped + given.length;
      if (end < jobs.length) return this.stopAt({ ...at, skip: end });
      if (page.nextToken === undefined) return;
      at = { ...at, nextToken: page.nextToken, skip: at.skip - skipped };
      if (left === 0 || this.ports.isTimeOver()) return this.stopAt(at);
    }
  }

  /** A throttle is never a failure, as long as there is time. */
  private async patiently({ nextToken, bound }: PageToken, rate: CallRate): Promise<JobPage> {
    const { listPage, now, sleep, isTimeOver } = this.ports;
    for (;;) {
      const wait = rate.wait(now(), 0);
      if (wait > 0) await sleep(wait);
      const started = now();
      rate.started(started);
      try {
        const page = await listPage({ filters: { ...this.input.filters, ...bound }, pageSize: this.input.pageSize, nextToken });
        rate.succeeded(now(), started);
        return page;
      } catch (error) {
        if (!isTransient(error) || isTimeOver()) throw error;
        rate.throttled(now(), started);
      }
    }
  }

  private stopAt(token: PageToken): void {
    this.nextToken = encodePageToken(token);
  }
}
