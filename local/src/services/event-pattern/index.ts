import { InvalidPattern, type Json, matcherOf } from './matchers';

export { InvalidPattern } from './matchers';

/** Says whether an event matches. */
export type Matcher = (event: Json) => boolean;

/** The pattern language that EventBridge rules and SNS filter policies share: objects mirror the event, their leaves list what may stand there. */
export function compilePattern(text: string): Matcher {
  let pattern: Json;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw new InvalidPattern(`the pattern is no JSON: ${(error as Error).message}`);
  }
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw new InvalidPattern('an event pattern is an object with at least one field');
  return compileObject(pattern);
}

function compileObject(pattern: Record<string, Json>): Matcher {
  const fields = Object.entries(pattern).map(([name, expected]) => (name === '$or' ? compileOr(expected) : compileField(name, expected)));
  return (event) => fields.every((matches) => matches(event));
}

function compileOr(alternatives: Json): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) throw new InvalidPattern('"$or" takes a list of at least two patterns');
  const compiled = alternatives.map(compileObject);
  return (event) => compiled.some((matches) => matches(event));
}

function compileField(name: string, expected: Json): Matcher {
  if (Array.isArray(expected)) {
    if (expected.length === 0) throw new InvalidPattern(`"${name}": an empty list matches nothing`);
    const matchers = expected.map((entry) => matcherOf(name, entry));
    return (event) => {
      const values = valuesOf(event, name);
      return matchers.some((matches) => matches(values));
    };
  }
  if (!isObject(expected)) throw new InvalidPattern(`"${name}" must be an object or an array`);
  const inner = compileObject(expected);
  return (event) => {
    const value = isObject(event) ? event[name] : undefined;
    return Array.isArray(value) ? value.some(inner) : inner(value);
  };
}

/** What stands in a field: nothing, one value, or those of a list. */
function valuesOf(event: Json, name: string): Json[] {
  const value = isObject(event) ? event[name] : undefined;
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
