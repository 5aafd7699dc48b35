import { Clock, Pace } from './pace';
import { FleetJobs, FleetPorts, JobPage } from './ports';
import { Tags } from '../../src/model/ledger';
import { CreateRequest, JobDescription } from '../labeling-job/ports';
import { errorName } from '../shared/errors';
import { Objects } from '../shared/ports';

const CALLS_AT_ONCE = 10;
const LOOKS_AT_ONCE = 20;
/** Each holds up to two parts of an upload in memory. */
const COPIES_AT_ONCE = 2;

/** There is no free place under the account's quota: no failure, and no try. */
export class NoPlace extends Error {
  constructor(cause?: unknown) {
    super('the account has no free place for another labeling job', { cause });
    this.name = 'NoPlace';
  }
}

/** The calls about jobs, so many at once as the service likes; once it has refused a job for its quota, no other is tried in this run. */
export class BoundedJobs implements FleetJobs {
  private readonly calls: Pace;
  private readonly starts: Pace;
  private full = false;

  /** `quotaWasMet`: the last run has met the quota, so that the first refusal is waited for before others are asked for. */
  constructor(private readonly jobs: FleetJobs, clock: Clock, quotaWasMet: boolean) {
    this.calls = new Pace(clock, CALLS_AT_ONCE);
    this.starts = new Pace(clock, CALLS_AT_ONCE, quotaWasMet ? 1 : CALLS_AT_ONCE);
  }

  get quotaIsMet(): boolean {
    return this.full;
  }

  create(request: CreateRequest): Promise<string> {
    return this.starts.run(async () => {
      if (this.full) throw new NoPlace();
      try {
        return await this.jobs.create(request);
      } catch (error) {
        if (errorName(error) !== 'ResourceLimitExceeded') throw error;
        this.full = true;
        throw new NoPlace(error);
      }
    });
  }

  pageByName(text: string, token: string | undefined): Promise<JobPage> {
    return this.calls.run(() => this.jobs.pageByName(text, token));
  }

  describe(name: string): Promise<JobDescription | undefined> {
    return this.calls.run(() => this.jobs.describe(name));
  }

  stop(name: string): Promise<void> {
    return this.calls.run(() => this.jobs.stop(name));
  }

  namesContaining(text: string): AsyncIterable<string> {
    return this.jobs.namesContaining(text);
  }

  addTags(arn: string, tags: Tags): Promise<void> {
    return this.calls.run(() => this.jobs.addTags(arn, tags));
  }

  removeTags(arn: string, keys: readonly string[]): Promise<void> {
    return this.calls.run(() => this.jobs.removeTags(arn, keys));
  }
}

export function boundedObjects(objects: Objects, clock: Clock): Objects {
  const looks = new Pace(clock, LOOKS_AT_ONCE);
  const copies = new Pace(clock, COPIES_AT_ONCE);
  return {
    exists: (uri) => looks.run(() => objects.exists(uri)),
    anyUnder: (uri) => looks.run(() => objects.anyUnder(uri)),
    allUnder: (uri) => objects.allUnder(uri),
    lines: (uri) => objects.lines(uri),
    writeLines: (uri, lines) => copies.run(() => objects.writeLines(uri, lines)),
  };
}

/** What must be left of an invocation's time to write down what was done. */
export const LEAST_TIME_MS = 60_000;

export function clockOf(ports: FleetPorts): Clock {
  return { isTimeOver: () => ports.remaining() < LEAST_TIME_MS, sleep: ports.sleep };
}
