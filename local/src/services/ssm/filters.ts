import { newest, type Parameter } from './parameter';
import { ServiceError } from '../../core/service';

export interface Filter {
  readonly Key: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

type Test = (actual: string, wanted: string) => boolean;

const OPTIONS: Readonly<Record<string, Test>> = {
  Equals: (actual, wanted) => actual === wanted,
  BeginsWith: (actual, wanted) => actual.startsWith(wanted),
  Contains: (actual, wanted) => actual.includes(wanted),
};

/** The old form of filters names the same things, with prefixes for names. */
export function fromOldForm(filters: ReadonlyArray<{ Key: string; Values: readonly string[] }>): Filter[] {
  return filters.map(({ Key, Values }) => ({ Key, Values, Option: Key === 'Name' ? 'BeginsWith' : 'Equals' }));
}

/** Whether a parameter passes all filters; the values of one are alternatives. */
export function passes(parameter: Parameter, filters: readonly Filter[]): boolean {
  return filters.every((filter) => passesOne(parameter, filter));
}

function passesOne(parameter: Parameter, { Key, Option, Values = [] }: Filter): boolean {
  if (Key === 'Path') return Values.some((path) => isBelow(parameter.name, path, Option === 'Recursive'));
  if (Key.startsWith('tag:')) {
    const tag = parameter.tags.find((candidate) => candidate.Key === Key.slice(4));
    return tag !== undefined && (Values.length === 0 || Values.includes(tag.Value));
  }
  const test = OPTIONS[Option ?? 'Equals'];
  if (!test) throw new ServiceError('InvalidFilterOption', `The filter option ${Option} is not valid.`);
  const actual = factOf(parameter, Key);
  return actual !== undefined && Values.some((wanted) => test(Key === 'Name' ? actual.replace(/^\//, '') : actual, Key === 'Name' ? wanted.replace(/^\//, '') : wanted));
}

function factOf(parameter: Parameter, key: string): string | undefined {
  const { type, keyId, tier, dataType } = newest(parameter);
  const facts: Record<string, string | undefined> = { Name: parameter.name, Type: type, KeyId: keyId, Tier: tier, DataType: dataType };
  if (!(key in facts)) throw new ServiceError('InvalidFilterKey', `The filter key ${key} is not valid.`);
  return facts[key];
}

export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const full = name.startsWith('/') ? name : `/${name}`;
  return full.startsWith(prefix) && (recursive || !full.slice(prefix.length).includes('/'));
}
