import { ListedJobs, ListedPage, PagePosition } from './page';

/** Pages that reach so many times as far are another part of the list. */
const ALIKE = 3;

interface WaitingPage<Job> extends Pick<ListedJobs<Job>, 'next'> {
  readonly page: ListedPage<Job>;
  /** Which part of the page belongs to the window. */
  readonly first: number;
  readonly end: number;
  readonly repeated?: ReadonlySet<string>;
}

/**
 * The jobs whose keys lie from `from` up to `end`. It is read page by page without an upper bound, so `end` may come nearer at any
 * time; the page that reaches it is the last. Its question begins a little before `from` (`after`): whether the service counts the
 * very moment in, and how it rounds times, is then the same. To whom a job at a border belongs is told by its key alone, so no ARNs
 * are compared but those of two pages in a row: newer jobs may push a job to the next page while the first one is being read.
 */
export class ListingWindow<Job> {
  /** Pages that were read but not taken yet. */
  readonly pages: WaitingPage<Job>[] = [];
  isAsked = false;
  isRead = false;
  pagesRead = 0;
  /** Not to be split before so many pages were read: what lies behind them looked empty. */
  restsUntil = 0;
  /** Key of the last job that was read. */
  position: number;
  private token?: string;
  private lastPage?: ListedPage<Job>;

  constructor(
    private readonly arnOf: (job: Job) => string,
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
    const { keys } = page;
    const repeated = this.repeatedArns(page);
    this.isRead = keys.at(-1)! >= this.end || page.nextToken === undefined;
    const end = keys.findIndex((key) => key >= this.end);
    const first = keys.findIndex((key) => key >= this.from);
    const waiting = { page, first, end: end < 0 ? keys.length : end, repeated, next: this.goesOnAt(page, end) };
    if (first >= 0 && first < waiting.end) this.pages.push(waiting);
    this.measure(keys);
    this.lastPage = this.isRead ? undefined : page;
    this.token = page.nextToken;
    this.pagesRead += 1;
    this.isAsked = false;
  }

  /** The next jobs in order, if they were read already. */
  take(): ListedJobs<Job> | undefined {
    const waiting = this.pages.shift();
    if (!waiting) return undefined;
    const { page, first, end, repeated, next } = waiting;
    const jobs = page.jobs().slice(first, end);
    return { jobs: repeated ? jobs.filter((job) => !repeated.has(this.arnOf(job))) : jobs, next };
  }

  /** The jobs of the page before, if this one goes back to it or begins at the very moment at which it ended. */
  private repeatedArns({ keys }: ListedPage<Job>): ReadonlySet<string> | undefined {
    return this.lastPage && keys[0] <= this.position ? new Set(this.lastPage.jobs().map(this.arnOf)) : undefined;
  }

  /** Inside the page where it reaches over the window's end, else at the page after it. */
  private goesOnAt(page: ListedPage<Job>, skip: number): ListedJobs<Job>['next'] {
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
