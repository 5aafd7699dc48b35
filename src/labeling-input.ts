import * as s3 from 'aws-cdk-lib/aws-s3';
import type { InputManifest, StreamingInputOptions } from './groundtruth/input-manifest';
import type { StreamIntake } from './groundtruth/stream-intake';

/**
 * What a job system makes of an input.
 *
 * @internal
 */
export interface InputVisitor<T> {
  records(records: ReadonlyArray<Readonly<Record<string, unknown>>>, options: LabelingInputOptions): T;
  manifest(bucket: s3.IBucket, key: string, options: LabelingInputOptions): T;
  asset(path: string, options: LabelingInputOptions): T;
  streaming(intake: StreamIntake, options: StreamingInputOptions): T;
  /** One that another construct makes. */
  made(manifest: InputManifest): T;
}

/** Options of a `LabelingInput`. */
export interface LabelingInputOptions {
  /**
   * Buckets whose objects the records refer to; the job may read them, and workers' browsers too (CORS).
   *
   * @default - the buckets named in records known at synthesis; for a manifest in a bucket, that bucket
   */
  readonly dataBuckets?: s3.IBucket[];
}

/** The data objects to be labeled, whatever system labels them. */
export abstract class LabelingInput {
  /**
   * Records written in code, one data object each: `{ source: 'a text' }` or `{ 'source-ref': 's3://bucket/key' }`. Other keys are
   * handed through to the output.
   *
   * @param records at most 100,000 characters each as JSON; they must be known at synthesis
   * @param options where the data lies
   */
  public static fromRecords(records: { [key: string]: any }[], options: LabelingInputOptions = {}): LabelingInput {
    return new DeclaredInput((visitor) => visitor.records(records, options));
  }

  /**
   * A manifest (JSON Lines) that is in a bucket when the job starts. A change of its content alone goes
   * unnoticed: the job is defined by where the manifest lies.
   *
   * @param bucket the manifest's bucket
   * @param key the manifest's key
   * @param options where the data lies
   */
  public static fromManifest(bucket: s3.IBucket, key: string, options: LabelingInputOptions = {}): LabelingInput {
    return new DeclaredInput((visitor) => visitor.manifest(bucket, key, options));
  }

  /**
   * A manifest file (JSON Lines) on disk. Its lines are checked at synthesis, and the job is defined by its content.
   *
   * @param path path of the file, relative to the working directory
   * @param options where the data lies
   */
  public static fromAsset(path: string, options: LabelingInputOptions = {}): LabelingInput {
    return new DeclaredInput((visitor) => visitor.asset(path, options));
  }

  /**
   * Objects that arrive for months: published on a topic or put into a bucket. Each is stored, and labeled once.
   *
   * @param intake the door of the stream
   * @param options where the data lies, and how often a data object is tried
   */
  public static streaming(intake: StreamIntake, options: StreamingInputOptions = {}): LabelingInput {
    return new DeclaredInput((visitor) => visitor.streaming(intake, options));
  }

  /**
   * A manifest that another construct makes, perhaps after the deployment.
   *
   * @internal
   */
  public static _of(manifest: InputManifest): LabelingInput {
    return new DeclaredInput((visitor) => visitor.made(manifest));
  }

  /** @internal */
  public abstract _accept<T>(visitor: InputVisitor<T>): T;
}

class DeclaredInput extends LabelingInput {
  constructor(private readonly accept: <T>(visitor: InputVisitor<T>) => T) {
    super();
  }

  public _accept<T>(visitor: InputVisitor<T>): T {
    return this.accept(visitor);
  }
}
