import { createHash } from 'node:crypto';
import { invalid } from './errors';

const DEFAULT_PAGE = 100;

export interface PageRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly SortOrder?: 'Ascending' | 'Descending';
}

/** Where an item stands: compared part by part, unique within its list. */
export type SortKey = ReadonlyArray<string | number>;

export interface Listing<T> {
  readonly operation: string;
  readonly request: PageRequest;
  /** All candidates, ascending by `keyOf`. */
  readonly sorted: readonly T[];
  readonly keyOf: (item: T) => SortKey;
  /** Where candidates begin and end in `sorted`, if not all are. */
  readonly window?: { readonly from: number; readonly to: number };
  readonly matches?: (item: T) => boolean;
}

/**
 * Takes a page. A token holds the last item's key, not a position: items that come or go meanwhile neither repeat nor hide others,
 * and no snapshot is kept. It counts only for the operation, the filters and the order that it was given for.
 */
export function page<T>(listing: Listing<T>): { items: T[]; NextToken?: string } {
  const { operation, request, sorted, keyOf, matches = () => true, window: { from, to } = { from: 0, to: sorted.length } } = listing;
  const step = request.SortOrder === 'Descending' ? -1 : 1;
  const size = request.MaxResults ?? DEFAULT_PAGE;
  const items: T[] = [];
  const begin = start(listing, step);
  for (let index = step === 1 ? Math.max(begin, from) : Math.min(begin, to - 1); index >= from && index < to; index += step) {
    if (!matches(sorted[index])) {
      continue;
    }
    if (items.length === size) {
      return { items, NextToken: encode(operation, request, keyOf(items[size - 1])) };
    }
    items.push(sorted[index]);
  }
  return { items };
}

/** Compares keys part by part: numbers as numbers, texts by code unit. */
export function compareKeys(a: SortKey, b: SortKey): number {
  for (let part = 0; part < a.length; part++) {
    if (a[part] !== b[part]) {
      return a[part] < b[part] ? -1 : 1;
    }
  }
  return 0;
}

function start<T>({ operation, request, sorted, keyOf }: Listing<T>, step: 1 | -1): number {
  if (request.NextToken === undefined) {
    return step === 1 ? 0 : sorted.length - 1;
  }
  const last = decode(operation, request, request.NextToken);
  if (step === 1) {
    return firstIndex(sorted, (item) => compareKeys(keyOf(item), last) > 0);
  }
  return firstIndex(sorted, (item) => compareKeys(keyOf(item), last) >= 0) - 1;
}

/** The first index from which on `isAfter` holds, by bisection. */
export function firstIndex<T>(sorted: readonly T[], isAfter: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isAfter(sorted[middle])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function encode(operation: string, request: PageRequest, key: SortKey): string {
  return Buffer.from(JSON.stringify([digest(operation, request, key), key])).toString('base64url');
}

function decode(operation: string, request: PageRequest, token: string): SortKey {
  const [stated, key] = parse(token);
  if (stated !== digest(operation, request, key)) {
    throw invalid('The NextToken is not valid: it was not issued for this operation with these parameters');
  }
  return key;
}

function parse(token: string): [string, SortKey] {
  try {
    const [stated, key] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [unknown, unknown];
    if (typeof stated === 'string' && Array.isArray(key)) {
      return [stated, key as SortKey];
    }
  } catch {
    // Not JSON: refused below like any other malformed token.
  }
  throw invalid('The NextToken is malformed');
}

/** The page size may change from page to page, nothing else. */
function digest(operation: string, request: PageRequest, key: SortKey): string {
  const { MaxResults, NextToken, ...rest } = request as PageRequest & Record<string, unknown>;
  const filters = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([operation, filters, key])).digest('base64url').slice(0, 22);
}
