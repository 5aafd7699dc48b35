/** Members that a forwarded record gets; they come back in the output. */
export const STREAM_ID_ATTRIBUTE = 'stream-object-id';
/** A `StreamObject`. */
export const STREAM_OBJECT_ATTRIBUTE = 'stream-object';
/** Ground Truth's own: names the member whose value is the object's id. */
export const OBJECT_ID_ATTRIBUTE_NAME = 'dataset-objectid-attribute-name';

/** What a stream wants to find again with a label. */
export interface StreamObject {
  /** The stream's name: a topic may serve others as well. */
  readonly stream: string;
  /** Absent where the record itself is its key. */
  readonly key?: string;
  /** Milliseconds since 1970, as every time here. */
  readonly receivedAt: number;
  readonly forwardedAt: number;
  readonly labelingJobName: string;
  /** Key of the label that the job was asked for: the stream's next job may be asked for another. */
  readonly labelAttributeName: string;
}
