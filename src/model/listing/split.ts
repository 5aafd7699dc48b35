import type { ListingWindow } from './listing-window';

/** Pages of a window: more read ahead and are kept for longer, fewer have more borders, each of which costs half a page. */
const PAGES_A_WINDOW = 12;
/** A window is made a little shorter than whole pages: where jobs come evenly, its last page is then full. */
const SHORT_BY = 0.1;
/** What is left of a window is halved while both halves have so many pages. */
const LEAST_PAGES = 4;
/** Where a second is so small a part of a window, borders are whole seconds. */
const SECONDS_FROM_MS = 100_000;
const SECOND_MS = 1_000;

/** Where a new window begins: with the jobs from `from` on, asked for by their being after `after`. */
export interface Border {
  readonly from: number;
  readonly after: number;
}

export interface Split<Job> extends Border {
  readonly window: ListingWindow<Job>;
}

/**
 * Which window to split, and where. Nobody knows how jobs are spread over the time, so each window goes by what its last pages
 * covered: the first one that is longer than a window should be is cut to that length, and where none is, the longest is halved.
 * Wrong guesses are made good: a window that proves longer is split again, and one that begins in a gap begins after it.
 */
export function planSplit<Job>(windows: readonly ListingWindow<Job>[], lastKey: number, stretch: number): Split<Job> | undefined {
  const left = (window: ListingWindow<Job>) => (window.pagesRead < window.restsUntil ? 0 : window.pagesLeft(lastKey) / stretchOf(window, stretch));
  const long = windows.find((window) => left(window) >= 1.5 * PAGES_A_WINDOW);
  const window = long ?? windows.reduce((a, b) => (left(b) > left(a) ? b : a));
  if (left(window) < 2 * LEAST_PAGES) return undefined;
  const pages = (long ? PAGES_A_WINDOW : Math.ceil(left(window) / 2)) - SHORT_BY;
  const border = borderAt(window.position, pages * Math.max(window.span, 1) * stretchOf(window, stretch));
  return border.from < Math.min(window.end, lastKey) ? { window, ...border } : undefined;
}

/** The next border so far after a key: on a whole second where that is fine enough, or else on a millisecond. */
export function borderAt(key: number, distance: number): Border {
  const grain = distance >= SECONDS_FROM_MS ? SECOND_MS : 1;
  const from = Math.ceil((key + Math.max(distance, grain)) / grain) * grain;
  return { from, after: from - grain };
}

/** The more pages in a row reached equally far, the more will. */
function stretchOf<Job>({ evidence }: ListingWindow<Job>, stretch: number): number {
  return Math.max(1, stretch / evidence);
}
