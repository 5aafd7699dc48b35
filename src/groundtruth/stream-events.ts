/**
 * The `detail` of the event `Data Object Labeled` of source `cdk-labeling-workflows`: a data object of a stream has got its label. It comes at
 * least once for each; `key` tells whether it is known already. A target gets it with `LabelingJob.onLabeled()`; in Python, as in every
 * language, the names are those that stand here: `event['detail']['labelingJobName']`.
 */
export interface DataObjectLabeledDetail {
  /** The stream's name: `StreamIntake.streamName`. */
  readonly stream: string;
  /** The record's key; its digest where the record itself is the key. */
  readonly key: string;
  /** The job that has labeled it. */
  readonly labelingJobName: string;
  /** Key of the label in the record. */
  readonly labelAttributeName: string;
  /** Milliseconds from the record's coming to its label. */
  readonly latencyMs: number;
  /**
   * The line of the output manifest: the record with its label and the label's metadata.
   *
   * @default - absent where it is too large for an event: it stands in the job's output manifest
   */
  readonly record?: { [key: string]: any };
}

/**
 * The `detail` of the event `Data Object Labeling Failed` of source `cdk-labeling-workflows`: an attempt of labeling a data object has failed.
 * A target gets it with `LabelingJob.onLabelingFailed()`.
 */
export interface DataObjectLabelingFailedDetail {
  /** The stream's name: `StreamIntake.streamName`. */
  readonly stream: string;
  /** The record's key; its digest where the record itself is the key. */
  readonly key: string;
  /** The job that could not label it. */
  readonly labelingJobName: string;
  /** Key that the label would have had in the record. */
  readonly labelAttributeName: string;
  /** What Ground Truth says of it. */
  readonly reason: string;
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  /** Whether no other attempt follows. */
  readonly last: boolean;
  /**
   * The line of the output manifest.
   *
   * @default - absent where it is too large for an event
   */
  readonly record?: { [key: string]: any };
}
