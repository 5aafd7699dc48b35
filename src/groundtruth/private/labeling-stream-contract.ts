/**
 * What passes between a stream's constructs and its functions: `intake`, `forward` and `collect` of the bundle `labeling-stream`. Both sides
 * import this file. Each function reads its configuration, one JSON text, from its environment.
 */
export { OBJECT_ID_ATTRIBUTE_NAME, STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE } from '../../model/stream/attributes';
export type { StreamObject } from '../../model/stream/attributes';

export const STREAM_CONFIGURATION = 'LABELING_STREAM';

/** Where the stream's records and marks lie: bucket, and prefix ending in a slash or empty. See docs/decisions/0007-streams.md. */
export interface StreamStoreConfiguration {
  readonly bucket: string;
  readonly prefix: string;
}

export interface IntakeConfiguration {
  readonly store: StreamStoreConfiguration;
  /** Member of a record whose value is its key. */
  readonly deduplicationKey?: string;
  /** Which of both a record must have; absent: either. */
  readonly source?: 'source' | 'source-ref';
  readonly deadLetterQueueUrl: string;
  /** Absent: nobody forwards. */
  readonly wakeQueueUrl?: string;
  /** Value of the metrics' dimension `Stream`. */
  readonly stream: string;
}

export interface ForwardConfiguration {
  readonly store: StreamStoreConfiguration;
  /** The labeling job's ledger: it names the present generation and says what is wanted. */
  readonly ledger: { readonly bucket: string; readonly key: string };
  /** Ground Truth's input topic, which only the forwarder publishes to. */
  readonly jobTopicArn: string;
  readonly wakeQueueUrl: string;
  /** What is there already when the stream begins; each is read once. */
  readonly seeds: readonly StreamSeed[];
  readonly deduplicationKey?: string;
  readonly source?: 'source' | 'source-ref';
  readonly deadLetterQueueUrl: string;
  /** How often an object is given to workers whose label failed. */
  readonly maxAttempts: number;
  /** A label that only the output manifest of an ended job tells becomes an event here as well. */
  readonly eventBusName: string;
  readonly stream: string;
}

/** A manifest, or the objects below a prefix. `id` tells seeds apart: another one is read anew. */
export type StreamSeed =
  | { readonly id: string; readonly kind: 'manifest'; readonly bucket: string; readonly key: string }
  | { readonly id: string; readonly kind: 'objects'; readonly bucket: string; readonly prefix: string; readonly suffix?: string; readonly exclude?: readonly string[] };

export interface CollectConfiguration {
  readonly store: StreamStoreConfiguration;
  readonly wakeQueueUrl: string;
  readonly labelAttributeName: string;
  readonly maxAttempts: number;
  readonly eventBusName: string;
  readonly stream: string;
}

/** Below the store's prefix. `refused/` holds what does not fit into the dead-letter queue together with its reason. */
export const STREAM_KEYS = {
  intake: 'intake/', waiting: 'waiting/', open: 'open/', done: 'done/', failed: 'failed/', refused: 'refused/', state: 'stream.json',
} as const;

/** Message attribute of a dead letter: all that is wrong with its body, and what to do. */
export const REFUSED_REASON = 'Reason';
/** Message attribute of a dead letter whose body no message can hold: the URI where that stands; the letter's own body is that URI. */
export const REFUSED_BODY = 'BodyUri';

/** Events on the bus: one for each object. */
export const STREAM_EVENT_SOURCE = 'cdk-labeling-workflows';
export const OBJECT_LABELED = 'Data Object Labeled';
export const OBJECT_FAILED = 'Data Object Labeling Failed';

export interface ObjectLabeledDetail {
  readonly stream: string;
  /** The record's key; its digest where the record itself is the key. */
  readonly key: string;
  readonly labelingJobName: string;
  readonly labelAttributeName: string;
  /** Milliseconds from intake to label. */
  readonly latencyMs: number;
  /** The output line: the record with its label and the label's metadata. Absent where it is too large for an event. */
  readonly record?: Readonly<Record<string, unknown>>;
}

export interface ObjectFailedDetail extends Omit<ObjectLabeledDetail, 'latencyMs'> {
  readonly reason: string;
  /** From 1; the last is not followed by another. */
  readonly attempt: number;
  readonly last: boolean;
}

/** Counted in the embedded metric format, in this namespace and by the dimension `Stream`. */
export const STREAM_METRICS_NAMESPACE = 'CdkLabelingWorkflows/Stream';
export const STREAM_DIMENSION = 'Stream';

/** Every metric with its unit, in CloudWatch's words. */
export const STREAM_METRIC_UNITS = {
  // intake
  Received: 'Count',
  Duplicates: 'Count',
  Refused: 'Count',
  // forward: counts of the pass, then the state it leaves
  Forwarded: 'Count',
  ReturnedToWaiting: 'Count',
  Waiting: 'Count',
  Open: 'Count',
  OldestWaitingAge: 'Seconds',
  /** 1: records wait, and no job of the stream is live. */
  WithoutJob: 'None',
  // collect
  Labeled: 'Count',
  LabelingFailed: 'Count',
  /** From intake to label, then its two parts: until it was forwarded, and from there on. */
  Latency: 'Milliseconds',
  WaitingTime: 'Milliseconds',
  LabelingTime: 'Milliseconds',
} as const;
export type StreamMetric = keyof typeof STREAM_METRIC_UNITS;
export const STREAM_METRICS = Object.keys(STREAM_METRIC_UNITS) as readonly StreamMetric[];
