import { manifestLine } from '../groundtruth/manifest';

/** What a message to the stream holds. */
export interface Incoming {
  /** Records as they were sent: each should be one line of a manifest. */
  readonly texts: readonly string[];
  /** What is wrong with parts of it that are no record. */
  readonly problems: readonly string[];
  /** Parts that mean no record and are dropped: S3's test events, removed objects, markers of folders. */
  readonly ignored: number;
}

interface NotedObject {
  readonly bucket?: { readonly name?: unknown };
  readonly object?: { readonly key?: unknown; readonly size?: unknown };
}

const NOTHING: Incoming = { texts: [], problems: [], ignored: 0 };

/** Reads a message of a queue: a topic's envelope or its raw text, in it a manifest line, S3's notification or EventBridge's event of S3. */
export function readIncoming(body: string): Incoming {
  const text = publishedText(body) ?? body;
  const content = asObject(text);
  if (content === undefined) return { ...NOTHING, texts: [text] };
  if (content.Event === 's3:TestEvent') return { ...NOTHING, ignored: 1 };
  if (isNotification(content)) return merge(content.Records.map(fromNotification));
  if (content.source === 'aws.s3' && content['detail-type'] !== undefined) return fromEvent(content);
  return { ...NOTHING, texts: [text] };
}

/** What was published, where the message is a topic's envelope. */
export function publishedText(body: string): string | undefined {
  const { Type, TopicArn, Message } = asObject(body) ?? {};
  return Type === 'Notification' && typeof TopicArn === 'string' && typeof Message === 'string' ? Message : undefined;
}

interface S3Notification {
  readonly Records: ReadonlyArray<{ readonly eventSource?: unknown; readonly eventName?: unknown; readonly s3: NotedObject }>;
}

function isNotification(content: object): content is S3Notification {
  const { Records } = content as Partial<S3Notification>;
  return Array.isArray(Records) && Records.every((record: Partial<S3Notification['Records'][number]> | null) => typeof record?.s3 === 'object' && record.s3 !== null);
}

/** Keys are encoded as in a form. */
function fromNotification({ eventName, s3 }: S3Notification['Records'][number]): Incoming {
  if (!String(eventName).startsWith('ObjectCreated:')) return { ...NOTHING, ignored: 1 };
  const key = s3.object?.key;
  try {
    return fromObject(s3, typeof key === 'string' ? decodeURIComponent(key.replace(/\+/g, ' ')) : undefined);
  } catch {
    return { ...NOTHING, problems: [`the notification's key ${JSON.stringify(key)} is not URL-encoded as S3 encodes it: send S3's notifications as they are`] };
  }
}

/** Keys are as they are. */
function fromEvent(event: Readonly<Record<string, unknown>>): Incoming {
  if (event['detail-type'] !== 'Object Created') return { ...NOTHING, ignored: 1 };
  const detail = (event.detail ?? {}) as NotedObject;
  return fromObject(detail, detail.object?.key);
}

function fromObject({ bucket, object }: NotedObject, key: unknown): Incoming {
  const name = bucket?.name;
  if (typeof name !== 'string' || name === '' || typeof key !== 'string' || key === '') {
    return { ...NOTHING, problems: ['the event of S3 names no bucket or no key: send S3\'s events as they are'] };
  }
  const uri = `s3://${name}/${key}`;
  if (object?.size !== 0) return { ...NOTHING, texts: [manifestLine({ 'source-ref': uri })] };
  return key.endsWith('/') ? { ...NOTHING, ignored: 1 } : { ...NOTHING, problems: [`${uri} is empty, there is nothing to label: write it again with content`] };
}

function merge(parts: readonly Incoming[]): Incoming {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    problems: parts.flatMap(({ problems }) => problems),
    ignored: parts.reduce((sum, { ignored }) => sum + ignored, 0),
  };
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
