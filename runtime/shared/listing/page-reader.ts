import { CallRate } from '../../../src/model/listing/call-rate';
import { ListingWindows, PageRequest } from '../../../src/model/listing/listing-windows';
import { ListedJobs, ListedPage, PagePosition } from '../../../src/model/listing/page';
import { isTransient } from '../errors';

/** More calls at once gain nothing: one process is busy reading the answers of so many. */
const MOST_CALLS = 16;

/** What reading pages needs of the outside. */
export interface PagePorts<Job> {
  arn(job: Job): string;
  /** One call; without a position: the last page of the list, in reverse order. */
  listPage(position: PagePosition | undefined, signal: AbortSignal): Promise<ListedPage<Job>>;
  /** Milliseconds of a clock that does not go back. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Whether a throttle is a failure by now. */
  isTimeOver(): boolean;
}

/** All jobs, page by page in order, read by as many calls at once as the service allows. Who stops taking them ends the calls. */
export async function* readPages<Job>(ports: PagePorts<Job>): AsyncGenerator<ListedJobs<Job>> {
  const reader = new PageReader(ports);
  try {
    while (!reader.isDone) {
      const jobs = reader.take();
      if (jobs) yield jobs;
      else await reader.change();
    }
  } finally {
    reader.stop();
  }
}

/** Keeps as many calls under way as the rate allows, whether or not somebody waits for what they bring. */
class PageReader<Job> {
  private readonly windows: ListingWindows<Job>;
  private readonly rate = new CallRate(MOST_CALLS);
  /** A controller a call: one for all would have a listener for each. */
  private readonly calls = new Set<AbortController>();
  private isStopped = false;
  private isPausing = false;
  private failure?: { readonly error: unknown };
  private changed: () => void = () => undefined;

  constructor(private readonly ports: PagePorts<Job>) {
    this.windows = new ListingWindows(ports.arn);
    this.fill();
  }

  get isDone(): boolean {
    return this.windows.isDone;
  }

  take(): ListedJobs<Job> | undefined {
    if (this.failure) throw this.failure.error;
    const jobs = this.windows.take();
    // there is room for another page now
    if (jobs) this.fill();
    return jobs;
  }

  /** Settles when `take` may have something that it had not. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.changed = resolve;
    });
  }

  stop(): void {
    this.isStopped = true;
    for (const call of this.calls) call.abort();
  }

  private fill(): void {
    while (!this.isStopped && !this.failure && !this.isPausing) {
      const wait = this.rate.wait(this.ports.now(), this.calls.size);
      if (wait === Infinity) return;
      if (wait > 0) return this.pause(wait);
      const request = this.windows.next();
      if (!request) return;
      void this.call(request);
    }
  }

  private pause(milliseconds: number): void {
    this.isPausing = true;
    void this.ports.sleep(milliseconds).then(() => {
      this.isPausing = false;
      this.fill();
    });
  }

  private async call(request: PageRequest<Job>): Promise<void> {
    const started = this.ports.now();
    const controller = new AbortController();
    this.calls.add(controller);
    this.rate.started(started);
    try {
      const page = await this.ports.listPage(request.window && { after: request.after, token: request.token }, controller.signal);
      this.rate.succeeded(this.ports.now(), started);
      this.windows.received(request, page);
    } catch (error) {
      this.windows.failed(request);
      this.rate.throttled(this.ports.now(), started);
      if (!isTransient(error) || this.ports.isTimeOver()) this.failure ??= { error };
    }
    this.calls.delete(controller);
    this.fill();
    this.changed();
  }
}
