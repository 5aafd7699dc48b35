import { fits } from './wildcards';

/** What is known of a request, by condition key in lower case; several values only where the key is a list. */
export type RequestContextKeys = Readonly<Record<string, readonly string[]>>;

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Compare = (wanted: string, actual: string) => boolean;

const same: Compare = (wanted, actual) => wanted === actual;
const number = (compare: (actual: number, wanted: number) => boolean): Compare => (wanted, actual) => compare(Number(actual), Number(wanted));
const date = (compare: (actual: number, wanted: number) => boolean): Compare => (wanted, actual) => compare(timeOf(actual), timeOf(wanted));

/** The positive operators; their negations are derived. */
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  StringLike: (wanted, actual) => fits(wanted, actual),
  ArnEquals: (wanted, actual) => fits(wanted, actual),
  ArnLike: (wanted, actual) => fits(wanted, actual),
  Bool: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  NumericEquals: number((actual, wanted) => actual === wanted),
  NumericLessThan: number((actual, wanted) => actual < wanted),
  NumericLessThanEquals: number((actual, wanted) => actual <= wanted),
  NumericGreaterThan: number((actual, wanted) => actual > wanted),
  NumericGreaterThanEquals: number((actual, wanted) => actual >= wanted),
  DateEquals: date((actual, wanted) => actual === wanted),
  DateLessThan: date((actual, wanted) => actual < wanted),
  DateGreaterThan: date((actual, wanted) => actual > wanted),
  BinaryEquals: same,
};

const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Whether all conditions hold. An operator that the engine does not know is an error, never a silent yes. */
export function conditionsHold(block: ConditionBlock | undefined, keys: RequestContextKeys): boolean {
  return Object.entries(block ?? {}).every(([operator, members]) =>
    Object.entries(members).every(([key, wanted]) => holds(operator, texts(wanted), keys[key.toLowerCase()])));
}

function holds(operator: string, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return wanted.every((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const negated = NEGATIONS[name ?? ''];
  const compare = OPERATORS[negated ?? name ?? ''];
  if (!compare) throw new Error(`the engine does not know the condition operator ${operator}`);
  if (actual === undefined) return ifExists !== undefined || quantifier === 'ForAllValues' || negated !== undefined;
  const matches = (value: string): boolean => wanted.some((one) => compare(one, value)) !== (negated !== undefined);
  return quantifier === 'ForAllValues' ? actual.every(matches) : actual.some(matches);
}

function texts(value: unknown): string[] {
  return [value].flat().map(String);
}

function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
