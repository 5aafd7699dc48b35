import type { JobListDescriptor } from '@aws-sdk/client-s3-control';
import { InventoryPorts } from './ports';
import { CallRate } from '../../src/model/listing/call-rate';
import { BatchJobInventoryInput } from '../../src/s3batch/private/batch-job-inventory-contract';
import { decodePageToken, encodePageToken, PageToken } from '../labeling-job-inventory/page-token';
import { mapBounded } from '../shared/bounded';
import { isTransient } from '../shared/errors';

/** What finishing an upload may take. */
const LEAST_TIME_MS = 45_000;
const DESCRIPTIONS_AT_ONCE = 10;

type Ports = Pick<InventoryPorts, 'listPage' | 'activeSeconds' | 'upTime' | 'remaining' | 'sleep'>;

/**
 * A listing with `MaxItems`, `PageSize` and `StartingToken` as botocore's paginators understand them. After the last page, `nextToken`
 * says where it would go on: at `MaxItems`, or where the time was over.
 */
export class BatchListing {
  nextToken?: string;
  private readonly rate = new CallRate(1);

  constructor(private readonly input: BatchJobInventoryInput, private readonly ports: Ports) {}

  async* pages(): AsyncIterable<readonly JobListDescriptor[]> {
    const { statuses, pageSize, maxItems = Infinity, startingToken } = this.input;
    let left = maxItems;
    let at: PageToken = decodePageToken(startingToken);
    for (;;) {
      const { nextToken: token } = at;
      const { jobs, nextToken } = await this.patiently(() => this.ports.listPage({ statuses, pageSize, nextToken: token }));
      // a token may come from larger pages than ours: what is to be skipped goes on in the next one
      const skipped = Math.min(at.skip, jobs.length);
      const given = jobs.slice(skipped, skipped + left);
      yield this.input.describeTimers ? await this.withTimers(given) : given;
      left -= given.length;
      const end = skipped + given.length;
      if (end < jobs.length) return this.stopAt({ ...at, skip: end });
      if (nextToken === undefined) return;
      at = { nextToken, skip: at.skip - skipped };
      if (left === 0 || this.isTimeOver()) return this.stopAt(at);
    }
  }

  /** The listing is not documented to show timers. */
  private withTimers(jobs: readonly JobListDescriptor[]): Promise<JobListDescriptor[]> {
    return mapBounded(jobs, DESCRIPTIONS_AT_ONCE, async (job) => {
      if (job.ProgressSummary?.Timers?.ElapsedTimeInActiveSeconds !== undefined || this.isTimeOver()) return job;
      const ElapsedTimeInActiveSeconds = await this.patiently(() => this.ports.activeSeconds(job.JobId!));
      return { ...job, ProgressSummary: { ...job.ProgressSummary, Timers: { ElapsedTimeInActiveSeconds } } };
    });
  }

  /** A throttle is never a failure, as long as there is time. */
  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    const { upTime: now, sleep } = this.ports;
    for (;;) {
      const wait = this.rate.wait(now(), 0);
      if (wait > 0) await sleep(wait);
      const started = now();
      this.rate.started(started);
      try {
        const answer = await call();
        this.rate.succeeded(now(), started);
        return answer;
      } catch (error) {
        if (!isTransient(error) || this.isTimeOver()) throw error;
        this.rate.throttled(now(), started);
      }
    }
  }

  private isTimeOver(): boolean {
    return this.ports.remaining() < LEAST_TIME_MS;
  }

  private stopAt(token: PageToken): void {
    this.nextToken = encodePageToken(token);
  }
}
