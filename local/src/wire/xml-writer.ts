import type { Member, ServiceModel, Shape } from './model';
import { scalarToText } from './scalars';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
export const XML_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ESCAPES[character]);
}

/** An element with text in it, escaped. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** A value of the model as one element (a flattened list or map: as many as it has items). */
export function writeXml(model: ServiceModel, member: Member, name: string, value: unknown): string {
  const shape = model.shapes[member.shape];
  switch (shape.type) {
    case 'structure': return `<${name}${attributes(member, shape, value)}>${writeXmlMembers(model, shape, value)}</${name}>`;
    case 'list': return writeList(model, member, shape, name, value as unknown[]);
    case 'map': return writeMap(model, member, shape, name, value as object);
    default: return textElement(name, scalarToText(value, member.timestampFormat ?? shape.timestampFormat ?? 'iso8601'));
  }
}

export function writeXmlMembers(model: ServiceModel, shape: Shape, value: unknown): string {
  return Object.entries(shape.members ?? {})
    .filter(([name, member]) => !member.location && !member.xmlAttribute && isPresent((value as Record<string, unknown>)[name]))
    .map(([name, member]) => writeXml(model, member, memberElement(model, name, member), (value as Record<string, unknown>)[name]))
    .join('');
}

/** A flattened list goes by the name of its items. */
export function memberElement(model: ServiceModel, name: string, member: Member): string {
  const shape = model.shapes[member.shape];
  if (shape.queryName) return shape.queryName;
  if (shape.type === 'list' && (member.flattened || shape.flattened)) return member.locationName ?? shape.member!.locationName ?? name;
  return member.locationName ?? name;
}

function writeList(model: ServiceModel, member: Member, shape: Shape, name: string, values: unknown[]): string {
  if (member.flattened || shape.flattened) return values.map((value) => writeXml(model, shape.member!, name, value)).join('');
  const item = shape.member!.locationName ?? 'member';
  return `<${name}>${values.map((value) => writeXml(model, shape.member!, item, value)).join('')}</${name}>`;
}

function writeMap(model: ServiceModel, member: Member, shape: Shape, name: string, values: object): string {
  const entries = Object.entries(values).filter(([, value]) => isPresent(value)).map(([key, value]) =>
    textElement(shape.key!.locationName ?? 'key', key) + writeXml(model, shape.value!, shape.value!.locationName ?? 'value', value));
  if (member.flattened || shape.flattened) return entries.map((entry) => `<${name}>${entry}</${name}>`).join('');
  return `<${name}>${entries.map((entry) => `<entry>${entry}</entry>`).join('')}</${name}>`;
}

function attributes(member: Member, shape: Shape, value: unknown): string {
  const namespace = member.xmlNamespace ?? shape.xmlNamespace;
  const declared = namespace ? ` xmlns${namespace.prefix ? `:${namespace.prefix}` : ''}="${escapeXml(namespace.uri)}"` : '';
  const written = Object.entries(shape.members ?? {})
    .filter(([name, item]) => item.xmlAttribute && isPresent((value as Record<string, unknown>)[name]))
    .map(([name, item]) => ` ${item.locationName ?? name}="${escapeXml(String((value as Record<string, unknown>)[name]))}"`);
  return declared + written.join('');
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
