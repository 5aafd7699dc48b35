import { applyFilters, type Fields, type Filter, FILTER } from './filters';
import { badRequest } from '../errors';
import { ANYTHING, list, oneOf, type Schema, TEXT } from '../schema';

/** Members that every list takes. */
export const LIST_MEMBERS: Readonly<Record<string, Schema>> = {
  filter: FILTER,
  sort: TEXT,
  sort_order: oneOf(['asc', 'desc']),
  sort_nulls_order: oneOf(['first', 'last']),
  page: { type: 'integer', minimum: 1 },
  per_page: { type: 'integer', minimum: 1, maximum: 20_000 },
  pagination_mode: oneOf(['token']),
  after: ANYTHING,
  fields: list(TEXT),
};

export interface ListInput {
  readonly filter?: readonly Filter[];
  readonly sort?: string;
  readonly sort_order?: 'asc' | 'desc';
  readonly sort_nulls_order?: 'first' | 'last';
  readonly page?: number;
  readonly per_page?: number;
  readonly pagination_mode?: 'token';
  readonly after?: unknown;
  readonly fields?: readonly string[];
}

export interface Listing<T> {
  /** What may be filtered by. */
  readonly fields: Fields<T>;
  /** What may be sorted by beside those; every list sorts by id. */
  readonly sortable?: Fields<T>;
  readonly view: (record: T) => object;
}

const DEFAULT_PER_PAGE = 500;

/** A page of records as the API forms it: counted (`page`, `per_page`) or by token (`pagination_mode`, `after`). */
export function listPage<T extends { readonly id: number }>(input: ListInput, records: readonly T[], listing: Listing<T>): object {
  const found = sorted(applyFilters(records, input.filter ?? [], { id: (record) => record.id, ...listing.fields }), input, listing);
  const perPage = input.per_page ?? DEFAULT_PER_PAGE;
  const byToken = input.pagination_mode === 'token' || input.after !== undefined;
  const start = byToken ? positionOf(input.after) : ((input.page ?? 1) - 1) * perPage;
  const entities = found.slice(start, start + perPage).map((record) => chosen(listing.view(record), input.fields));
  const end = start + perPage;
  return {
    total: found.length,
    perPage,
    pagesCount: Math.ceil(found.length / perPage),
    ...(byToken && { after: end < found.length ? tokenOf(end) : null }),
    entities,
  };
}

function sorted<T extends { readonly id: number }>(records: T[], input: ListInput, { fields, sortable }: Listing<T>): T[] {
  const by = input.sort ?? 'id';
  const keys: Fields<T> = { id: (record) => record.id, ...fields, ...sortable };
  const read = keys[by];
  if (!read) throw badRequest(`"sort" has the unknown field "${by}"; this list has ${Object.keys(keys).sort().join(', ')}`);
  const direction = input.sort_order === 'desc' ? -1 : 1;
  const nulls = input.sort_nulls_order === 'first' ? -1 : 1;
  return records.sort((left, right) => {
    const [a, b] = [read(left) ?? null, read(right) ?? null];
    if (a === b) return left.id - right.id;
    if (a === null || b === null) return a === null ? nulls : -nulls;
    return (a < b ? -1 : 1) * direction;
  });
}

function chosen(view: object, fields: readonly string[] | undefined): object {
  if (!fields?.length) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => name === 'id' || fields.includes(name)));
}

function tokenOf(position: number): string {
  return Buffer.from(JSON.stringify({ position })).toString('base64url');
}

function positionOf(after: unknown): number {
  if (after === undefined || after === null) return 0;
  try {
    const { position } = JSON.parse(Buffer.from(String(after), 'base64url').toString('utf8')) as { position: unknown };
    if (Number.isInteger(position)) return position as number;
  } catch {
    // answered below, like any other text that is no token
  }
  throw badRequest(`"after" is no token of this server: ${JSON.stringify(after)}`);
}
