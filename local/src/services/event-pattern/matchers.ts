import { BlockList, isIP } from 'node:net';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- patterns and events are any JSON
export type Json = any;

/** Why a pattern is none. */
export class InvalidPattern extends Error {}

/** Judges the values of one field: none at all, one, or those of a list. */
export type FieldMatcher = (values: readonly Json[]) => boolean;

type Operator = (name: string, operand: Json) => FieldMatcher;

const OPERATORS: Record<string, Operator> = {
  'prefix': (name, operand) => onText(textTest(name, operand, (value, text) => value.startsWith(text))),
  'suffix': (name, operand) => onText(textTest(name, operand, (value, text) => value.endsWith(text))),
  'equals-ignore-case': (name, operand) => {
    const expected = string(name, operand).toLowerCase();
    return onText((value) => value.toLowerCase() === expected);
  },
  'wildcard': (name, operand) => onText(wildcard(string(name, operand))),
  'numeric': (name, operand) => {
    const test = numeric(name, operand);
    return (values) => values.some((value) => typeof value === 'number' && test(value));
  },
  'exists': (name, operand) => {
    if (typeof operand !== 'boolean') throw new InvalidPattern(`"${name}": "exists" takes true or false`);
    return (values) => (values.length > 0) === operand;
  },
  'cidr': (name, operand) => onText(cidr(name, string(name, operand))),
  'anything-but': (name, operand) => {
    const excluded = isObject(operand) ? anyOf(name, operand) : equalsAny(name, [operand].flat());
    return (values) => values.length > 0 && !values.some((value) => excluded([value]));
  },
};

/** One entry of a leaf's list: a plain value or `{ operator: operand }`. */
export function matcherOf(name: string, entry: Json): FieldMatcher {
  if (!isObject(entry)) return equalsAny(name, [entry]);
  const [[operator, operand], ...more] = Object.entries(entry).length > 0 ? Object.entries(entry) : [['', undefined]];
  if (more.length > 0) throw new InvalidPattern(`"${name}": only one key allowed in match expression`);
  if (!Object.hasOwn(OPERATORS, operator)) throw new InvalidPattern(`"${name}": Unrecognized match type ${operator}`);
  return OPERATORS[operator](name, operand);
}

function equalsAny(name: string, expected: readonly Json[]): FieldMatcher {
  if (expected.some((value) => typeof value === 'object' && value !== null)) throw new InvalidPattern(`"${name}": match values are strings, numbers, booleans or null`);
  return (values) => values.some((value) => expected.includes(value));
}

function onText(test: (value: string) => boolean): FieldMatcher {
  return (values) => values.some((value) => typeof value === 'string' && test(value));
}

/** `"text"`, or `{ "equals-ignore-case": "text" }`. */
function textTest(name: string, operand: Json, test: (value: string, text: string) => boolean): (value: string) => boolean {
  if (!isObject(operand)) {
    const text = string(name, operand);
    return (value) => test(value, text);
  }
  const text = string(name, operand['equals-ignore-case']).toLowerCase();
  return (value) => test(value.toLowerCase(), text);
}

function wildcard(pattern: string): (value: string) => boolean {
  const expression = pattern.replace(/\\([*\\])|[.+^${}()|[\]\\?]|\*/g, (found, escaped: string | undefined) => {
    if (escaped) return `\\${escaped}`;
    return found === '*' ? '.*' : `\\${found}`;
  });
  const compiled = new RegExp(`^${expression}$`, 's');
  return (value) => compiled.test(value);
}

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`: pairs of comparison and number. */
function numeric(name: string, operand: Json): (value: number) => boolean {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw new InvalidPattern(`"${name}": "numeric" takes one or two comparisons`);
  const tests: Array<(value: number) => boolean> = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [comparison, bound] = [COMPARISONS[operand[index]], operand[index + 1]];
    if (!comparison) throw new InvalidPattern(`"${name}": Unrecognized numeric range operator: ${operand[index]}`);
    if (typeof bound !== 'number') throw new InvalidPattern(`"${name}": Value of ${operand[index]} must be numeric`);
    tests.push((value) => comparison(value, bound));
  }
  return (value) => tests.every((test) => test(value));
}

function cidr(name: string, range: string): (value: string) => boolean {
  const [address, bits] = range.split('/');
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  if (isIP(address) === 0 || !/^\d+$/.test(bits ?? '')) throw new InvalidPattern(`"${name}": "cidr" takes an address range, got ${range}`);
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family(address));
  return (value) => isIP(value) !== 0 && list.check(value, family(value));
}

function string(name: string, operand: Json): string {
  if (typeof operand !== 'string') throw new InvalidPattern(`"${name}": match pattern must be a string`);
  return operand;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Inside `anything-but` an operator takes a list too: `{ "prefix": ["a", "b"] }`. */
function anyOf(name: string, entry: Record<string, Json>): FieldMatcher {
  const matchers = Object.entries(entry).flatMap(([operator, operands]) => [operands].flat().map((operand) => matcherOf(name, { [operator]: operand })));
  return (values) => matchers.some((matches) => matches(values));
}
