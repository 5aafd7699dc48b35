import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { invalidParameter } from './errors';

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

const MAX_ATTRIBUTES = 10;
const NAME = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i;
const TYPE = /^(String|Number|Binary)(\.[^\s]+)?$/;

export function checkMessageAttributes(attributes: MessageAttributes): void {
  const names = Object.keys(attributes);
  if (names.length > MAX_ATTRIBUTES) throw invalidParameter(`Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`);
  for (const [name, { DataType = '', StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!NAME.test(name)) throw invalidParameter(`The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`);
    const [, type] = TYPE.exec(DataType) ?? [];
    if (!type) throw invalidParameter(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
    const value = type === 'Binary' ? BinaryValue : StringValue;
    if (value === undefined || value.length === 0) throw invalidParameter(`The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`);
    if (type === 'Number' && !isNumber(StringValue!)) throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce((sum, [name, { DataType, StringValue, BinaryValue }]) =>
    sum + Buffer.byteLength(name) + Buffer.byteLength(DataType!) + (BinaryValue?.length ?? Buffer.byteLength(StringValue ?? '')), 0);
}

/** The digest that clients check: names in order, each part led by its length. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name];
    const binary = DataType!.startsWith('Binary');
    hash.update(led(Buffer.from(name))).update(led(Buffer.from(DataType!)));
    hash.update(Buffer.from([binary ? 2 : 1])).update(led(binary ? Buffer.from(BinaryValue!) : Buffer.from(StringValue!)));
  }
  return hash.digest('hex');
}

function led(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The attributes asked for: by name, by prefix (`foo.*`), or all. */
export function selectAttributes(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const wanted = (name: string) => asked.some((pattern) => pattern === 'All' || pattern === '.*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1))));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
