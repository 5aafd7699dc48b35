import { badRequest } from '../errors';
import { type Schema, list, oneOf, open, TEXT } from '../schema';

type Value = string | number | boolean | null | undefined;

const OPERATORS: Readonly<Record<string, (found: Value, wanted: unknown) => boolean>> = {
  '=': same,
  'eq': same,
  '!=': (found, wanted) => !same(found, wanted),
  'not': (found, wanted) => !same(found, wanted),
  'in': (found, wanted) => asList(wanted).some((value) => same(found, value)),
  '!in': (found, wanted) => !asList(wanted).some((value) => same(found, value)),
  '<': (found, wanted) => compare(found, wanted) < 0,
  '<=': (found, wanted) => compare(found, wanted) <= 0,
  '>': (found, wanted) => compare(found, wanted) > 0,
  '>=': (found, wanted) => compare(found, wanted) >= 0,
  'like': (found, wanted) => isLike(found, wanted, ''),
  '!like': (found, wanted) => !isLike(found, wanted, ''),
  'ilike': (found, wanted) => isLike(found, wanted, 'i'),
  '!ilike': (found, wanted) => !isLike(found, wanted, 'i'),
};

export const FILTER: Schema = list(open({ field: TEXT, operator: oneOf(Object.keys(OPERATORS)) }));

export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value?: unknown;
}

/** What a list may be filtered by: how to read each field from a record. */
export type Fields<T> = Readonly<Record<string, (record: T) => Value>>;

export function applyFilters<T>(records: readonly T[], filters: readonly Filter[], fields: Fields<T>): T[] {
  const tests = filters.map(({ field, operator, value }) => {
    const read = fields[field];
    if (!read) throw badRequest(`"filter" has the unknown field "${field}"; this list has ${Object.keys(fields).sort().join(', ')}`);
    const wantedForm = formOf(operator, value);
    if (wantedForm) throw badRequest(`the operator "${operator}" of "${field}" wants ${wantedForm}, got ${JSON.stringify(value)}`);
    // a set, since clients ask for thousands of ids at once
    const wanted = operator === 'in' && (value as unknown[]).every((one) => typeof one === 'number') ? new Set(value as number[]) : undefined;
    return (record: T) => wanted ? wanted.has(read(record) as number) : OPERATORS[operator](read(record), value);
  });
  return records.filter((record) => tests.every((test) => test(record)));
}

/** What the operator's value should have been; undefined when it is that. */
function formOf(operator: string, value: unknown): string | undefined {
  if (operator.endsWith('in') && !Array.isArray(value)) return 'a list';
  return operator.endsWith('like') && typeof value !== 'string' ? 'a text' : undefined;
}

function same(found: Value, wanted: unknown): boolean {
  return (found ?? null) === (wanted ?? null);
}

function asList(wanted: unknown): unknown[] {
  return wanted as unknown[];
}

/** Times are ISO 8601 texts in UTC; those of others are read. */
function compare(found: Value, wanted: unknown): number {
  if (found === null || found === undefined) return NaN;
  if (typeof found === 'string' && typeof wanted === 'string' && !Number.isNaN(Date.parse(found)) && !Number.isNaN(Date.parse(wanted))) {
    return Date.parse(found) - Date.parse(wanted);
  }
  if (typeof found !== typeof wanted) return NaN;
  const value = wanted as typeof found;
  return found < value ? -1 : Number(found > value);
}

/** SQL's wildcards. */
function isLike(found: Value, wanted: unknown, flags: string): boolean {
  const pattern = (wanted as string).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*').replaceAll('_', '.');
  return typeof found === 'string' && new RegExp(`^${pattern}$`, `s${flags}`).test(found);
}
