import { FleetJobs, JobSummary } from './ports';
import { parseJobName } from '../../src/model/groundtruth/names';

/**
 * One listing of all jobs of a fleet, sorted by name as its members are, so that both are merged in one pass at constant memory.
 * Names of others that happen to contain ours are passed over.
 */
export class JobStream {
  private page: readonly JobSummary[] = [];
  private at = 0;
  private ended = false;
  private next: string | undefined;
  private lastBase = '';

  /** `token` and `after`: where an earlier call of the run was, and the last member that had its turn. */
  constructor(private readonly jobs: FleetJobs, private readonly nameBase: string, private token?: string, private readonly after: string = '') {
    this.next = token;
  }

  /** The token of the page that holds the next job: where a later call goes on. */
  get position(): string | undefined {
    return this.token;
  }

  /** The jobs of this member; `strays` are those that come before it in the order and belong to no member. */
  async take(base: string): Promise<{ readonly own: JobSummary[]; readonly strays: JobSummary[] }> {
    const own: JobSummary[] = [];
    const strays: JobSummary[] = [];
    for (let job = await this.peek(); job; job = await this.peek()) {
      const of = this.baseOf(job);
      if (of !== undefined && of > base) break;
      this.at += 1;
      // a job that the run itself has made may push others into the next page, where they come a second time
      if (of === undefined || of < this.lastBase) continue;
      this.lastBase = of;
      (of === base ? own : strays).push(job);
    }
    return { own, strays };
  }

  /** All that is left. */
  async* rest(): AsyncIterable<JobSummary> {
    for (let job = await this.peek(); job; job = await this.peek()) {
      this.at += 1;
      const of = this.baseOf(job);
      if (of !== undefined && of > this.lastBase) yield job;
    }
  }

  private baseOf({ name }: JobSummary): string | undefined {
    const base = parseJobName(name)?.base;
    return base === undefined || !base.startsWith(`${this.nameBase}-`) || base <= this.after ? undefined : base;
  }

  private async peek(): Promise<JobSummary | undefined> {
    while (this.at >= this.page.length && !this.ended) {
      this.token = this.next;
      const { jobs, token } = await this.jobs.pageByName(`${this.nameBase}-`, this.token);
      this.page = jobs;
      this.at = 0;
      this.next = token;
      this.ended = token === undefined;
    }
    return this.page[this.at];
  }
}
