import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { badRequest } from './errors';

/** JSON Schema: the constraints of the API's methods stand beside their handlers, in these words. */
export type Schema = Readonly<Record<string, unknown>>;

export const ID: Schema = { type: 'integer', minimum: 1 };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const TEXT: Schema = { type: 'string' };
export const ANYTHING: Schema = {};
export const MAP: Schema = { type: 'object' };

export function list(items: Schema, limits: { readonly minItems?: number; readonly maxItems?: number; readonly uniqueItems?: boolean } = {}): Schema {
  return { type: 'array', items, ...limits };
}

export function text(minLength: number, maxLength?: number): Schema {
  return { type: 'string', minLength, ...(maxLength !== undefined && { maxLength }) };
}

export function oneOf(values: readonly unknown[]): Schema {
  return { enum: values };
}

export function nullable(schema: Schema): Schema {
  return { anyOf: [{ type: 'null' }, schema] };
}

/** Names of things that have a place in a tree. */
export const NAME: Schema = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[^/\\\\]*$' };

/** An object whose unknown members are refused: what changes something must not lose anything on the way. */
export function closed(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { ...open(required, optional), additionalProperties: false };
}

/** An object whose unknown members are let through. */
export function open(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const OPTIONS = { allErrors: false, verbose: true, strict: false } as const;
const judges = { body: new Ajv(OPTIONS), query: new Ajv({ ...OPTIONS, coerceTypes: 'array' }) };
const compiled = { body: new WeakMap<Schema, ValidateFunction>(), query: new WeakMap<Schema, ValidateFunction>() };

/** Members of a query string are texts and take the types that the schema wants. */
export function check(schema: Schema, input: unknown, from: 'body' | 'query'): void {
  const validate = compiled[from].get(schema) ?? judges[from].compile(schema);
  compiled[from].set(schema, validate);
  if (!validate(input)) throw badRequest(describe(validate.errors!.at(-1)!), { type: 'VALIDATION' });
}

function describe({ instancePath, keyword, params, message, data }: ErrorObject): string {
  const member = instancePath.slice(1).replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  const name = member === '' ? 'the body' : `"${member}"`;
  if (keyword === 'required') return `"${member === '' ? '' : `${member}.`}${params.missingProperty}" is required`;
  if (keyword === 'additionalProperties') return `${name} has the unknown member "${params.additionalProperty}"`;
  if (keyword === 'enum') {
    const allowed = (params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ');
    return `${name} must be one of ${allowed}, got ${JSON.stringify(data)}`;
  }
  return `${name} ${message}, got ${JSON.stringify(data)?.slice(0, 200)}`;
}
