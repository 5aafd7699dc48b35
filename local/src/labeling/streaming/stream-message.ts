/** A data object that came through the input topic. */
export interface StreamedObject {
  readonly id: string;
  readonly line: string;
}

interface S3Record {
  readonly bucket: { readonly name: string };
  readonly object: { readonly key: string; readonly sequencer?: string };
}

interface S3Event {
  readonly Records: ReadonlyArray<{ readonly s3: S3Record }>;
}

const ID_ATTRIBUTE = 'dataset-objectid-attribute-name';
const ID_ATTRIBUTE_FORM = /^[$a-zA-Z0-9](-*[a-zA-Z0-9])*$/;
const LONGEST_ID_ATTRIBUTE = 140;
const LONGEST_ID = 1024;

/** Reads what the queue holds: a message of the topic, whose text is a manifest line or S3's notification about new objects. */
export function readStreamMessage(body: string, sqsMessageId: string, labelAttribute: string): StreamedObject[] {
  const envelope = parse(body) as { Type?: unknown; MessageId?: string; Message?: string } | undefined;
  const published = envelope?.Type === 'Notification' && typeof envelope.Message === 'string';
  const text = published ? envelope.Message! : body;
  const messageId = (published ? envelope.MessageId : undefined) ?? sqsMessageId;
  const content = parse(text);
  return isS3Event(content) ? content.Records.map((record) => ofS3(record.s3, labelAttribute)) : [ofLine(text, content, messageId, labelAttribute)];
}

/** A line of the seed manifest; without an id of its own it is known by its place. */
export function seedObject(line: string, index: number, labelAttribute: string): StreamedObject {
  return ofLine(line, parse(line), `manifest-${index}`, labelAttribute);
}

/** An object that names no id gets one, which goes into the output. What cannot be read is passed on as it is, to fail as an object. */
function ofLine(text: string, content: unknown, fallback: string, labelAttribute: string): StreamedObject {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { id: fallback, line: text.replace(/[\r\n]+/g, ' ') };
  }
  const id = statedId(content as Record<string, unknown>);
  return id === undefined ? generated(content, fallback, labelAttribute) : { id, line: JSON.stringify(content) };
}

function statedId(content: Record<string, unknown>): string | undefined {
  const attribute = content[ID_ATTRIBUTE];
  if (typeof attribute !== 'string' || attribute.length > LONGEST_ID_ATTRIBUTE || !ID_ATTRIBUTE_FORM.test(attribute)) {
    return undefined;
  }
  const id = content[attribute];
  return typeof id === 'string' && id.length <= LONGEST_ID ? id : typeof id === 'number' ? String(id) : undefined;
}

function ofS3({ bucket, object }: S3Record, labelAttribute: string): StreamedObject {
  const uri = `s3://${bucket.name}/${decodeURIComponent(object.key.replace(/\+/g, ' '))}`;
  const sequencer = object.sequencer ?? '';
  return generated({ 'source-ref': uri, '$sequencer': sequencer }, `${uri}${sequencer}`, labelAttribute);
}

function generated(content: object, id: string, labelAttribute: string): StreamedObject {
  return { id, line: JSON.stringify({ ...content, [`$${labelAttribute}-object-id`]: id }) };
}

/** S3's test event has no records: it is taken for an object, as the guide warns. */
function isS3Event(content: unknown): content is S3Event {
  const records = (content as Partial<S3Event> | null | undefined)?.Records;
  return Array.isArray(records) && records.length > 0 && records.every((record: { s3?: Partial<S3Record> } | null) => record?.s3?.object?.key !== undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
