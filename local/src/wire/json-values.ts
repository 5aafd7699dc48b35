import type { Member, ServiceModel, Shape } from './model';
import { formatTimestamp, parseTimestamp } from './timestamps';
import { ServiceError } from '../core/service';

/** What text stands for where the model has bytes: Base64 on the wire, itself in process. */
export type BlobText = 'base64' | 'utf8';

/** JSON, or a plain object given in process, as the model's values. Unknown members are dropped, as the services drop them. */
export function fromJson(model: ServiceModel, shapeName: string, value: unknown, blobText: BlobText = 'base64'): unknown {
  return readShape(model, model.shapes[shapeName], value, blobText);
}

export function readMembers(model: ServiceModel, shape: Shape, value: object, blobText: BlobText = 'base64'): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const given = memberValue(value as Record<string, unknown>, name, member);
    if (given !== undefined && given !== null) result[name] = readShape(model, model.shapes[member.shape], given, blobText);
  }
  return result;
}

function memberValue(value: Record<string, unknown>, name: string, member: Member): unknown {
  return value[name] ?? (member.locationName === undefined || member.location ? undefined : value[member.locationName]);
}

function readShape(model: ServiceModel, shape: Shape, value: unknown, blobText: BlobText): unknown {
  switch (shape.type) {
    case 'structure':
      if (shape.document) return value;
      return readMembers(model, shape, expect(value, isObject(value), 'a structure'), blobText);
    case 'map':
      return readMap(model, shape, expect(value, isObject(value), 'a map'), blobText);
    case 'list':
      return expect(value as unknown[], Array.isArray(value), 'a list')
        .filter((item) => item !== null && item !== undefined)
        .map((item) => readShape(model, model.shapes[shape.member!.shape], item, blobText));
    case 'boolean': return expect(value, typeof value === 'boolean', 'a boolean');
    case 'integer':
    case 'long': return expect(value, Number.isInteger(value), 'an integer');
    case 'float':
    case 'double': return expect(value, typeof value === 'number', 'a number');
    case 'timestamp': return parseTimestamp(value);
    case 'blob': return readBlob(value, blobText);
    default: return expect(value, typeof value === 'string', 'a string');
  }
}

function readMap(model: ServiceModel, shape: Shape, value: object, blobText: BlobText): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value)
    .filter(([, item]) => item !== null && item !== undefined)
    .map(([key, item]) => [key, readShape(model, model.shapes[shape.value!.shape], item, blobText)]));
}

function readBlob(value: unknown, blobText: BlobText): unknown {
  if (typeof value === 'string') return Buffer.from(value, blobText);
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expect<T>(value: T, holds: boolean, expected: string): T & object {
  if (holds) return value as T & object;
  throw new ServiceError('SerializationException', `${describe(value)} cannot be converted to ${expected}`);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** The model's values as JSON: members that the model does not know stay inside. */
export function toJson(model: ServiceModel, shape: Shape, value: unknown, member?: Member): unknown {
  switch (shape.type) {
    case 'structure': return shape.document ? value : writeMembers(model, shape, value as Record<string, unknown>);
    case 'list': return (value as unknown[]).map((item) => toJson(model, model.shapes[shape.member!.shape], item));
    case 'map': return Object.fromEntries(Object.entries(value as object).filter(([, item]) => item !== undefined && item !== null)
      .map(([key, item]) => [key, toJson(model, model.shapes[shape.value!.shape], item)]));
    case 'timestamp': return formatTimestamp(parseTimestamp(value), member?.timestampFormat ?? shape.timestampFormat ?? 'unixTimestamp');
    case 'blob': return Buffer.from(value as Uint8Array).toString('base64');
    default: return value;
  }
}

export function writeMembers(model: ServiceModel, shape: Shape, value: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const given = value[name];
    if (given !== undefined && given !== null && !member.location) {
      result[member.locationName ?? name] = toJson(model, model.shapes[member.shape], given, member);
    }
  }
  return result;
}
