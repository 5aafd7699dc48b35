import type { Conditions } from './conditions';
import { templateError } from './errors';
import { FUNCTIONS } from './functions';
import { isObject } from './template';

/** Everything a template's values can stand for, as known at one moment. */
export interface Surroundings {
  readonly conditions: Conditions;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /** Transforms that the template declares; some functions need one. */
  readonly transforms: readonly string[];
  /** Parameter, pseudo parameter or resource; `undefined`: unknown name. */
  ref(name: string): unknown;
  /** Attribute of a resource. */
  getAtt(name: string, attribute: string): unknown;
  importValue(name: string): unknown;
  availabilityZones(region: string): readonly string[];
  /** The value of `{{resolve:service:reference}}`. */
  dynamic(service: string, reference: string): Promise<string>;
}

/** What `AWS::NoValue` leaves behind: the property or list member goes away. */
export const NO_VALUE = Symbol('AWS::NoValue');

const DYNAMIC_REFERENCE = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;

/** A value with all its functions and dynamic references resolved. */
export async function evaluate(value: unknown, surroundings: Surroundings): Promise<unknown> {
  const resolved = await resolveFunctions(value, surroundings);
  return resolveDynamic(resolved, surroundings.dynamic);
}

/** Functions only: what ends up in a change set, where a secret must not stand. */
export async function resolveFunctions(value: unknown, surroundings: Surroundings): Promise<unknown> {
  if (Array.isArray(value)) {
    const members: unknown[] = [];
    for (const member of value) {
      members.push(await resolveFunctions(member, surroundings));
    }
    return members.filter((member) => member !== NO_VALUE);
  }
  if (!isObject(value)) {
    return value;
  }
  const name = functionName(value);
  if (name) {
    return FUNCTIONS[name](value[name], { ...surroundings, resolve: (inner) => resolveFunctions(inner, surroundings) });
  }
  const entries: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    entries.push([key, await resolveFunctions(inner, surroundings)]);
  }
  return Object.fromEntries(entries.filter(([, inner]) => inner !== NO_VALUE));
}

/** An object with one key named like a function is that function; `Condition` is none (IAM policies have it). */
function functionName(value: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(value);
  const found = keys.find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (!found || keys.length > 1) {
    return undefined;
  }
  if (!(found in FUNCTIONS)) {
    throw templateError(`encountered unsupported function: ${found} Supported functions are: [${Object.keys(FUNCTIONS).filter((name) => name !== 'Ref').join(', ')}]`);
  }
  return found;
}

/** The dynamic references in a value whose functions are resolved already. */
export async function resolveDynamic(value: unknown, read: Surroundings['dynamic']): Promise<unknown> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((member) => resolveDynamic(member, read)));
  }
  if (isObject(value)) {
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await resolveDynamic(inner, read)])));
  }
  return typeof value === 'string' && value.includes('{{resolve:') ? resolveText(value, read) : value;
}

async function resolveText(text: string, read: Surroundings['dynamic']): Promise<string> {
  let result = '';
  let position = 0;
  for (const match of text.matchAll(DYNAMIC_REFERENCE)) {
    result += text.slice(position, match.index) + await read(match[1], match[2]);
    position = match.index + match[0].length;
  }
  return result + text.slice(position);
}
