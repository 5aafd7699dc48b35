import { type Member, type ServiceModel, type Shape, structure } from './model';
import type { WireRequest, WireResponse } from './protocol';
import { matchRoute } from './rest-routes';
import { scalarFromText, scalarToText } from './scalars';
import { type Bytes, FileBytes, toBuffer } from '../core/bytes';

/** What the two REST protocols share: labels, query parameters and headers. They differ in bodies alone. */
export interface RestBody {
  /** The members that are in the body; `payload` when one member is the whole body. */
  parse(model: ServiceModel, shape: Shape, text: string, payload?: [string, Member]): Record<string, unknown>;
  write(model: ServiceModel, operation: string, output: Record<string, unknown>): { contentType: string; text: string } | undefined;
}

export function parseRest(model: ServiceModel, operation: string, request: WireRequest, body: RestBody): Record<string, unknown> {
  const input = structure(model, model.operations[operation].input);
  const labels = matchRoute(model, request)?.labels ?? {};
  const result: Record<string, unknown> = {};
  for (const binding of bindingsOf(input)) {
    const value = bound(model, binding, request, labels);
    if (value !== undefined) result[binding.name] = value;
  }
  return { ...result, ...parseBody(model, input, request, body) };
}

interface Binding {
  readonly name: string;
  readonly member: Member;
  /** Of a header in lower case, as requests have them here. */
  readonly wireName: string;
}

/** Where the members of a structure travel, those of the body aside: asked for at every request. */
const bindings = new WeakMap<Shape, readonly Binding[]>();

function bindingsOf(shape: Shape): readonly Binding[] {
  let known = bindings.get(shape);
  if (!known) {
    known = Object.entries(shape.members ?? {}).filter(([, { location }]) => location).map(([name, member]) => {
      const wireName = member.locationName ?? name;
      return { name, member, wireName: member.location!.startsWith('header') ? wireName.toLowerCase() : wireName };
    });
    bindings.set(shape, known);
  }
  return known;
}

function bound(model: ServiceModel, { member, wireName }: Binding, request: WireRequest, labels: Readonly<Record<string, string>>): unknown {
  switch (member.location) {
    case 'uri': return fromText(model, member, labels[wireName]);
    case 'querystring': return fromQuery(model, member, wireName, request.query);
    case 'header': return fromText(model, member, request.headers[wireName]);
    case 'headers': return prefixedHeaders(wireName, request.headers);
    default: return undefined;
  }
}

function fromText(model: ServiceModel, member: Member, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const shape = model.shapes[member.shape];
  if (member.jsonvalue) return Buffer.from(text, 'base64').toString('utf8');
  if (shape.type !== 'list') return scalarFromText(shape, text);
  return text.split(',').map((item) => scalarFromText(model.shapes[shape.member!.shape], item.trim()));
}

function fromQuery(model: ServiceModel, member: Member, name: string, query: URLSearchParams): unknown {
  const shape = model.shapes[member.shape];
  if (!query.has(name)) return undefined;
  if (shape.type === 'list') return query.getAll(name).map((item) => scalarFromText(model.shapes[shape.member!.shape], item));
  return scalarFromText(shape, query.get(name)!);
}

function prefixedHeaders(prefix: string, headers: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]);
  return found.length > 0 ? Object.fromEntries(found) as Record<string, string> : undefined;
}

function parseBody(model: ServiceModel, input: Shape, request: WireRequest, body: RestBody): Record<string, unknown> {
  const members = Object.entries(input.members ?? {});
  const payload = members.find(([name]) => name === input.payload);
  if (payload && model.shapes[payload[1].shape].type === 'blob') return { [payload[0]]: request.body };
  if (payload && model.shapes[payload[1].shape].type === 'string') return { [payload[0]]: toBuffer(request.body).toString('utf8') };
  if (!payload && members.every(([, { location }]) => location)) return {};
  const text = toBuffer(request.body).toString('utf8');
  return text === '' ? {} : body.parse(model, input, text, payload);
}

export function respondRest(model: ServiceModel, operation: string, output: Record<string, unknown>, body: RestBody): WireResponse {
  const { http, output: name } = model.operations[operation];
  const shape = structure(model, name);
  const headers: Record<string, string> = {};
  let statusCode = http.responseCode ?? 200;
  for (const { name: member, member: binding, wireName } of bindingsOf(shape)) {
    const value = output[member];
    if (value === undefined || value === null) continue;
    if (binding.location === 'statusCode') statusCode = Number(value);
    if (binding.location === 'header') headers[wireName] = headerText(model, binding, value);
    if (binding.location === 'headers') {
      for (const [suffix, text] of Object.entries(value as object)) headers[(binding.locationName ?? '') + suffix] = String(text);
    }
  }
  return { statusCode, headers, ...responseBody(model, operation, shape, output, headers, body) };
}

function headerText(model: ServiceModel, member: Member, value: unknown): string {
  const shape = model.shapes[member.shape];
  if (member.jsonvalue) return Buffer.from(String(value)).toString('base64');
  if (Array.isArray(value)) return value.map(String).join(',');
  return scalarToText(value, member.timestampFormat ?? shape.timestampFormat ?? 'rfc822');
}

function responseBody(model: ServiceModel, operation: string, shape: Shape, output: Record<string, unknown>, headers: Record<string, string>,
  body: RestBody): { body?: Bytes | string } {
  const payload = shape.payload && shape.members![shape.payload];
  if (payload && ['blob', 'string'].includes(model.shapes[payload.shape].type)) return rawBody(output[shape.payload!]);
  const written = body.write(model, operation, output);
  if (!written) return {};
  headers['content-type'] ??= written.contentType;
  return { body: written.text };
}

function rawBody(value: unknown): { body?: Bytes | string } {
  if (value === undefined || value === null) return {};
  return { body: value instanceof FileBytes || typeof value === 'string' ? value : Buffer.from(value as Uint8Array) };
}
