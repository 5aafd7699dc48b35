import { Keyed, ListedJobs, ListedPage, PagePosition } from './page';

/** Pages that reach so many times as far are another part of the list. */
const ALIKE = 3;

/**
 * The jobs whose keys lie from `from` up to `end`. It is read page by page without an upper bound, so `end` may come nearer at any
 * time; the page that reaches it is the last. Its question begins a little before `from` (`after`): whether the service counts the
 * very moment in, and how it rounds times, is then the same. To whom a job at a border belongs is told by its key alone, so no ARNs
 * are kept but those of the page before: newer jobs may push a job to the next page while it is being read.
 */
export class ListingWindow<Job> {
  /** Pages that were read but not taken yet. */
  readonly pages: ListedJobs<Job>[] = [];
  isAsked = false;
  isRead = false;
  pagesRead = 0;
  /** Not to be split before so many pages were read: what lies behind them looked empty. */
  restsUntil = 0;
  /** Key of the last job that was read. */
  position: number;
  private token?: string;
  private lastArns: ReadonlySet<string> = new Set();

  constructor(
    private readonly keyed: Keyed<Job>,
    readonly from: number,
    private readonly after: number | undefined,
    public end: number,
    /** How far a page reaches, in keys, as far as is known. */
    public span: number,
    /** How many pages in a row reached about as far. */
    public evidence = 1,
  ) {
    this.position = from;
  }

  /** The page to ask for next. */
  get nextPage(): PagePosition {
    return { after: this.after, token: this.token };
  }

  /** How many pages are still to be read up to this key or the window's end, if each reaches as far as the last ones. */
  pagesLeft(lastKey: number): number {
    return this.isRead ? 0 : (Math.min(this.end, lastKey) - this.position) / Math.max(this.span, 1);
  }

  /** Takes the answer to `nextPage` in. */
  receive(page: ListedPage<Job>): void {
    const keys = page.jobs.map((job) => this.keyed.key(job));
    const isOwn = (job: Job, index: number) => keys[index] >= this.from && keys[index] < this.end && !this.lastArns.has(this.keyed.arn(job));
    const jobs = page.jobs.filter(isOwn);
    this.isRead = keys.at(-1)! >= this.end || page.nextToken === undefined;
    if (jobs.length > 0) this.pages.push({ jobs, next: this.goesOnAt(page, keys) });
    this.measure(keys);
    this.lastArns = new Set(this.isRead ? [] : page.jobs.map((job) => this.keyed.arn(job)));
    this.token = page.nextToken;
    this.pagesRead += 1;
    this.isAsked = false;
  }

  /** Inside the page where it reaches over the window's end, else at the page after it. */
  private goesOnAt(page: ListedPage<Job>, keys: readonly number[]): ListedJobs<Job>['next'] {
    const skip = keys.findIndex((key) => key >= this.end);
    if (skip >= 0) return { ...this.nextPage, skip };
    return page.nextToken === undefined ? undefined : { after: this.after, token: page.nextToken, skip: 0 };
  }

  private measure(keys: readonly number[]): void {
    if (keys.length === 0) return;
    const last = Math.max(...keys);
    const span = last - (this.pagesRead === 0 ? keys[0] : this.position);
    this.evidence = span < this.span * ALIKE && span > this.span / ALIKE ? this.evidence + 1 : 1;
    this.span = this.pagesRead === 0 ? span : (this.span + span) / 2;
    this.position = Math.max(this.position, last);
  }
}
