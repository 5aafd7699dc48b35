import { QueuedMessage } from './ports';

/** What the service makes of a message, once for all: the line of a manifest, with the id by which it would have known the object. */
export function messageLines({ id, body }: QueuedMessage, labelAttribute: string): string[] {
  const envelope = parseJson(body) as { Type?: unknown; MessageId?: string; Message?: unknown } | undefined;
  const published = envelope?.Type === 'Notification' && typeof envelope.Message === 'string';
  const text = (published ? envelope.Message as string : body).replace(/[\r\n]+/g, ' ');
  const content = parseJson(text);
  if (isTestEvent(content)) return [];
  if (isS3Event(content)) return content.Records.map((record) => fromS3(record, labelAttribute));
  if (!isRecord(content)) return [JSON.stringify({ [UNREADABLE]: text })];
  return [withId(text, content, published ? envelope.MessageId ?? id : id, labelAttribute)];
}

/** The only member of a line for a message that is no data object: it is kept, and goes into no manifest. */
export const UNREADABLE = 'unreadable-message';
const ID_ATTRIBUTE = 'dataset-objectid-attribute-name';

/**
 * The service generates an id where the record names none. It is written into the line, so that the same object is known again; the text of the
 * record stays as it is, for not every number survives being read.
 */
export function withId(line: string, record: Readonly<Record<string, unknown>>, generated: string | undefined, labelAttribute: string): string {
  const attribute = `$${labelAttribute}-object-id`;
  if (record[ID_ATTRIBUTE] !== undefined) return line;
  const known = record[attribute] !== undefined;
  if (!known && generated === undefined) return line;
  const members = JSON.stringify({ ...(known ? {} : { [attribute]: generated }), [ID_ATTRIBUTE]: attribute });
  const open = line.trimEnd().slice(0, -1).trimEnd();
  return `${open}${open.endsWith('{') ? '' : ','}${members.slice(1)}`;
}

interface S3Record {
  readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string; readonly sequencer?: string } };
}

function fromS3({ s3: { bucket, object } }: S3Record, labelAttribute: string): string {
  // a blank of a key comes as a plus
  const uri = `s3://${bucket.name}/${decodeURIComponent(object.key.replace(/\+/g, ' '))}`;
  const record = { 'source-ref': uri, '$sequencer': object.sequencer ?? '' };
  return withId(JSON.stringify(record), record, `${uri}${record.$sequencer}`, labelAttribute);
}

function isS3Event(content: unknown): content is { readonly Records: readonly S3Record[] } {
  const { Records } = (content ?? {}) as { Records?: ReadonlyArray<Partial<S3Record>> };
  return Array.isArray(Records) && Records.length > 0 && Records.every((record) => record?.s3?.object?.key !== undefined && record.s3.bucket !== undefined);
}

/** What S3 sends when its notifications are set up. */
function isTestEvent(content: unknown): boolean {
  return isRecord(content) && content.Event === 's3:TestEvent';
}

export function isRecord(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

/** `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
