import { ListingWindow } from './listing-window';
import { ListedJobs, ListedPage, PagePosition } from './page';
import { borderAt, planSplit } from './split';

/** As many pages are read one after the other, as any paginator would, before the list counts as long. */
const PAGES_OF_A_SHORT_LIST = 3;
/** A window that ends after so few pages was planned too short, and one that goes on for so many was not. */
const FEW_PAGES = 3;
const MANY_PAGES = 8;
/** How far a window is read on before it is split again, where a split of it brought nothing. */
const REST_PAGES = 4;
/** Pages that may be kept until those before them are there. */
const MOST_PAGES_AHEAD = 256;

/** A page to ask for; `window` is absent where it is the last page of the list, which is asked for in the reverse order. */
export interface PageRequest<Job> extends PagePosition {
  readonly window?: ListingWindow<Job>;
}

/**
 * A list of unknown length that is read by many calls at once and comes out in order, each job once. It begins as one window; when
 * that proves long, the list's other end is looked up, and windows are split off as `next` is asked for more than the known ones
 * can take. Answers may come in any order. It holds a bounded number of pages, however long the list is.
 *
 * Jobs that are created while it is read and come after the list's other end as it was looked up are not part of it.
 */
export class ListingWindows<Job> {
  private readonly windows: ListingWindow<Job>[];
  private end: 'unknown' | 'asked' | 'known' = 'unknown';
  private lastKey = Infinity;
  private isLong = false;
  /** How many windows may begin without any of them having proved to have jobs: guesses that came true earn more. */
  private trust = 1;
  /** How much farther pages reach than the ones that were read show: gaps between bursts are part of a window too. */
  private stretch = 1;

  constructor(private readonly arnOf: (job: Job) => string) {
    this.windows = [new ListingWindow(arnOf, -Infinity, undefined, Infinity, 0)];
  }

  /** What to ask for next, beside all that was asked for already; nothing where answers or takers have to come first. */
  next(): PageRequest<Job> | undefined {
    const window = this.windows.find((one) => !one.isRead && !one.isAsked && this.mayRead(one)) ?? this.split();
    if (window) {
      window.isAsked = true;
      return { ...window.nextPage, window };
    }
    if (!this.isLong || this.end !== 'unknown' || this.isDone) return undefined;
    this.end = 'asked';
    return {};
  }

  received({ window }: PageRequest<Job>, page: ListedPage<Job>): void {
    if (!window) return this.receivedEnd(page);
    window.receive(page);
    this.isLong ||= window.pagesRead >= PAGES_OF_A_SHORT_LIST && !window.isRead;
    this.learn(window);
  }

  /** Compares a window with what it was planned to be, for the next plans. */
  private learn(window: ListingWindow<Job>): void {
    if (window.isRead && window.pagesRead <= FEW_PAGES) this.stretch *= 2;
    if (window.pagesRead % MANY_PAGES === 0) this.stretch = Math.max(1, this.stretch / 2);
    if (window.pagesRead > 1) return;
    this.trust = window.isRead ? 1 : this.trust * 2;
    const before = this.windows[this.windows.indexOf(window) - 1];
    if (window.pages.length === 0 && before) before.restsUntil = before.pagesRead + REST_PAGES;
  }

  /** The page was not given, and will be asked for again. */
  failed({ window }: PageRequest<Job>): void {
    if (window) window.isAsked = false;
    else this.end = 'unknown';
  }

  /** The next jobs in order, if they are there. */
  take(): ListedJobs<Job> | undefined {
    while (this.windows.length > 0 && this.windows[0].isRead && this.windows[0].pages.length === 0) this.windows.shift();
    return this.windows[0]?.take();
  }

  /** All was taken. */
  get isDone(): boolean {
    return this.windows.every((window) => window.isRead && window.pages.length === 0);
  }

  /** The first window is never held up: all others wait for it. */
  private mayRead(window: ListingWindow<Job>): boolean {
    return this.hasRoom(window) || (window === this.windows[0] && window.pages.length === 0);
  }

  /** Early windows may use all of the room and later ones a half, so that what is read far ahead does not hold up what comes first. */
  private hasRoom(window: ListingWindow<Job>): boolean {
    const upTo = this.windows.indexOf(window) + 1;
    return pagesKept(this.windows) < MOST_PAGES_AHEAD && pagesKept(this.windows.slice(0, upTo)) < MOST_PAGES_AHEAD / 2;
  }

  private split(): ListingWindow<Job> | undefined {
    const guesses = this.windows.filter((window) => window.pagesRead === 0).length;
    if (this.end !== 'known' || this.isDone || guesses >= this.trust) return undefined;
    const split = planSplit(this.windows, this.lastKey, this.stretch);
    if (!split || !this.hasRoom(split.window)) return undefined;
    const { window, from, after } = split;
    const next = new ListingWindow(this.arnOf, from, after, window.end, window.span, window.evidence);
    window.end = from;
    this.windows.splice(this.windows.indexOf(window) + 1, 0, next);
    return next;
  }

  /** The last page becomes the last window, without the jobs of its first moment: others of that moment may stand before the page. */
  private receivedEnd(page: ListedPage<Job>): void {
    this.end = 'known';
    const last = this.windows.at(-1);
    const keys = [...page.keys].reverse();
    if (keys.length === 0 || !last || last.isRead) return;
    const first = Math.min(...keys);
    this.lastKey = Math.max(...keys);
    const { from, after } = borderAt(first, 1);
    if (last.position >= from) return;
    const window = new ListingWindow(this.arnOf, from, after, Infinity, this.lastKey - first);
    window.receive({ keys, jobs: () => [...page.jobs()].reverse() });
    last.end = from;
    this.windows.push(window);
  }
}

function pagesKept<Job>(windows: readonly ListingWindow<Job>[]): number {
  return windows.reduce((pages, window) => pages + window.pages.length + Number(window.isAsked), 0);
}
