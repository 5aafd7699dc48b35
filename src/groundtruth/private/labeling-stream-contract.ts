/**
 * What passes between a stream's constructs and its functions: `intake`, `forward` and `collect` of the bundle `labeling-stream`. Both sides
 * import this file; it imports nothing. Each function reads its configuration, one JSON text, from its environment.
 */
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

/** Below the store's prefix. */
export const STREAM_KEYS = { intake: 'intake/', waiting: 'waiting/', open: 'open/', done: 'done/', failed: 'failed/', state: 'stream.json' } as const;

/** Keys that a forwarded record gets; they come back in the output. */
export const STREAM_ID_ATTRIBUTE = 'stream-object-id';
/** `{ receivedAt, forwardedAt }`, milliseconds since 1970. */
export const STREAM_TIMES_ATTRIBUTE = 'stream-times';
export const OBJECT_ID_ATTRIBUTE_NAME = 'dataset-objectid-attribute-name';

/** Events on the bus: one for each object. */
export const STREAM_EVENT_SOURCE = 'cdk-labeling-workflows';
export const OBJECT_LABELED = 'Data Object Labeled';
export const OBJECT_FAILED = 'Data Object Labeling Failed';

export interface ObjectLabeledDetail {
  readonly stream: string;
  /** The record's key. */
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
export const STREAM_METRICS = [
  // intake
  'Received', 'Duplicates', 'Refused',
  // forward: counts of the pass, then the state it leaves
  'Forwarded', 'ReturnedToWaiting', 'Waiting', 'Open', 'OldestWaitingAge', 'WithoutJob',
  // collect
  'Labeled', 'LabelingFailed', 'Latency', 'WaitingTime', 'LabelingTime',
] as const;
export type StreamMetric = typeof STREAM_METRICS[number];
