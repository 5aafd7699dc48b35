import * as path from 'path';
import { Annotations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IDependable } from 'constructs';
import { LabelingInput } from '../labeling-input';
import { dataPatterns } from './private/data-patterns';
import { BoundStream, intakeDefinition, StreamDefinition, topicDefinition } from './private/stream-definition';
import type { StreamIntake } from './stream-intake';
import { LIMITS } from '../model/groundtruth/limits';
import { manifestLines, manifestProblems, manifestText, recordProblems, SourceKey } from '../model/groundtruth/manifest';
import { contentAsset, contentDigest, readText } from '../private/content-asset';
import { refuse } from '../private/errors';
import { assetLocation, objectLocation, S3Location } from '../private/s3-location';
import { tokenProblems } from '../private/tokens';

/** Options of an `InputManifest`. */
export interface InputManifestOptions {
  /**
   * Buckets whose objects the manifest refers to; the job's role may read them.
   *
   * @default - the buckets that a manifest known at synthesis names; for a manifest in a bucket, that bucket
   */
  readonly dataBuckets?: s3.IBucket[];
}

/**
 * Objects that a manifest refers to.
 *
 * @internal
 */
export interface ManifestData {
  readonly bucket: s3.IBucket;
  readonly keys: string;
}

/**
 * A manifest that is made after the job's deployment.
 *
 * @internal
 */
export interface AwaitedManifest {
  /** Has the function called when the manifest is there. */
  wake(reconciler: lambda.IFunction, event: object): void;
  /** What makes the manifest. */
  readonly maker: IDependable;
}

/** @internal */
export interface BoundInputManifest {
  /** Of the manifest; of a stream's store or topic. */
  readonly uri: string;
  /** The manifest, which a stream may do without. */
  readonly location?: S3Location;
  /** Digest of the content, or the URI where the content is only known at deployment. */
  readonly identity: string;
  readonly data: ManifestData[];
  readonly awaited?: AwaitedManifest;
  /** Where the objects of a streaming job come from. */
  readonly stream?: BoundStream;
}

/** Options of `InputManifest.streaming()`. */
export interface StreamingInputOptions extends InputManifestOptions {
  /**
   * How often a data object is given to workers at most, where they could not label it before. Each attempt costs what labeling it costs.
   *
   * @default 3
   */
  readonly maxAttempts?: number;
}

/** Options of `InputManifest.fromTopic()`. */
export interface TopicInputOptions extends InputManifestOptions {
  /**
   * Data objects that are there already when the job starts. They are labeled once, before those of the topic.
   *
   * @default - none
   */
  readonly seed?: InputManifest;
}

/**
 * The list of a job's data objects: JSON Lines, each with `source` (a text) or `source-ref` (an S3 URI).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-input-data-input-manifest.html
 */
export abstract class InputManifest {
  /**
   * Records written in code: `{ source: 'a text' }` or `{ 'source-ref': 's3://bucket/key' }`. Any text is fine, it is escaped as JSON; other
   * keys may hold what the task type asks for, such as `source-ref-metadata` of a point cloud, and are handed through to the output.
   *
   * @param records at most 100,000 characters each as JSON, 20,000 for a value; they must be known at synthesis
   * @param options where the data lies
   */
  public static fromRecords(records: { [key: string]: any }[], options: InputManifestOptions = {}): InputManifest {
    return new RecordsManifest(records, options);
  }

  /**
   * A manifest file on disk. Its lines are checked at synthesis, and the job is defined by its content.
   *
   * @param file path of the file, relative to the working directory
   * @param options where the data lies
   */
  public static fromAsset(file: string, options: InputManifestOptions = {}): InputManifest {
    return new AssetManifest(file, options);
  }

  /**
   * A manifest that is in a bucket when the job starts. A change of its content alone goes
   * unnoticed: the job is defined by where the manifest lies.
   *
   * @param bucket the manifest's bucket
   * @param key the manifest's key
   * @param options where the data lies
   */
  public static fromBucket(bucket: s3.IBucket, key: string, options: InputManifestOptions = {}): InputManifest {
    return new BucketManifest(bucket, key, options);
  }

  /**
   * Objects that arrive for months. They are stored first and given to the job as it has room for them, each once, through all the jobs that
   * follow one another. An intake feeds one job.
   *
   * @param intake the door of the stream
   * @param options where the data lies, and how often a data object is tried
   */
  public static streaming(intake: StreamIntake, options: StreamingInputOptions = {}): InputManifest {
    return new StreamManifest(intakeDefinition(intake, options));
  }

  /**
   * Objects that are published on a topic of yours while the job is in progress. What is published before that, or between two jobs, is lost, and
   * nobody but Ground Truth drops what comes twice: `streaming()` is for streams that must not lose anything.
   *
   * @param topic a standard topic of the same account and region
   * @param options where the data lies, and what is there already
   */
  public static fromTopic(topic: sns.ITopic, options: TopicInputOptions = {}): InputManifest {
    return new StreamManifest(topicDefinition(topic, options));
  }

  /**
   * What Ground Truth makes of an input that is meant for any system.
   *
   * @internal
   */
  public static _from(input: LabelingInput): InputManifest {
    return input._accept<InputManifest>({
      records: (records, options) => new RecordsManifest(records, options),
      manifest: (bucket, key, options) => new BucketManifest(bucket, key, options),
      asset: (file, options) => new AssetManifest(file, options),
      streaming: (intake, options) => InputManifest.streaming(intake, options),
      made: (manifest) => manifest,
    });
  }

  /**
   * Whether objects go on coming, so that there is no list of them.
   *
   * @internal
   */
  public readonly _streams: boolean = false;
  /** @internal */
  public readonly _hasIntake: boolean = false;

  /**
   * What the given function says it is.
   *
   * @internal
   */
  public static _bound(bind: (scope: Construct) => BoundInputManifest): InputManifest {
    return new BoundLater(bind);
  }

  /**
   * What is wrong with it for a task type whose objects are under this key.
   *
   * @internal
   */
  public abstract _problems(source: SourceKey): string[];

  /**
   * How many data objects there are, where synthesis knows it.
   *
   * @internal
   */
  public _objectCount(): number | undefined {
    return undefined;
  }

  /** @internal */
  public abstract _bind(scope: Construct): BoundInputManifest;
}

/** A manifest whose text synthesis knows. */
abstract class KnownManifest extends InputManifest {
  protected abstract readonly text: string;

  constructor(protected readonly options: InputManifestOptions) {
    super();
  }

  public override _objectCount(): number {
    return manifestLines(this.text).length;
  }

  public _bind(scope: Construct): BoundInputManifest {
    const lines = this._objectCount();
    if (lines > LIMITS.manifestLines) {
      Annotations.of(scope).addWarningV2('cdk-labeling-workflows:manifestLines',
        `the manifest has ${lines} lines; an account's quota is ${LIMITS.manifestLines} unless it was raised`);
    }
    const location = this.locate(scope);
    return {
      uri: location.uri,
      location,
      identity: contentDigest(this.text),
      data: this.options.dataBuckets?.map(everythingIn) ?? this.namedData(scope),
    };
  }

  protected abstract locate(scope: Construct): S3Location;

  private namedData(scope: Construct): ManifestData[] {
    return dataPatterns(this.text).map(({ bucket, keys }, index) => ({ bucket: s3.Bucket.fromBucketName(scope, `Data${index}`, bucket), keys }));
  }
}

class RecordsManifest extends KnownManifest {
  protected readonly text: string;

  constructor(private readonly records: ReadonlyArray<Readonly<Record<string, unknown>>>, options: InputManifestOptions) {
    super(options);
    refuse('records', tokenProblems('records', leaves(records), 'they are written to a file; put the manifest into a bucket and refer to it there'));
    this.text = manifestText(records);
  }

  public _problems(source: SourceKey): string[] {
    return recordProblems(this.records, source);
  }

  protected locate(scope: Construct): S3Location {
    return assetLocation(contentAsset(scope, 'Manifest', this.text, '.manifest'), '.manifest');
  }
}

class AssetManifest extends KnownManifest {
  protected readonly text: string;

  constructor(private readonly file: string, options: InputManifestOptions) {
    super(options);
    refuse('InputManifest.fromAsset', tokenProblems('file', [file], 'the file is read at synthesis'));
    this.text = readText('InputManifest.fromAsset', file);
  }

  public _problems(source: SourceKey): string[] {
    return manifestProblems(this.text, source).map((problem) => `${this.file}: ${problem}`);
  }

  protected locate(scope: Construct): S3Location {
    return assetLocation(new assets.Asset(scope, 'Manifest', { path: this.file }), path.extname(this.file));
  }
}

class BucketManifest extends InputManifest {
  constructor(private readonly bucket: s3.IBucket, private readonly key: string, private readonly options: InputManifestOptions) {
    super();
  }

  public _problems(_source: SourceKey): string[] {
    return [];
  }

  public _bind(_scope: Construct): BoundInputManifest {
    const location = objectLocation(this.bucket, this.key);
    return { uri: location.uri, location, identity: location.uri, data: (this.options.dataBuckets ?? [this.bucket]).map(everythingIn) };
  }
}

class BoundLater extends InputManifest {
  constructor(private readonly bind: (scope: Construct) => BoundInputManifest) {
    super();
  }

  public _problems(_source: SourceKey): string[] {
    return [];
  }

  public _bind(scope: Construct): BoundInputManifest {
    return this.bind(scope);
  }
}

class StreamManifest extends InputManifest {
  public override readonly _streams = true;
  public override readonly _hasIntake: boolean;

  constructor(private readonly definition: StreamDefinition) {
    super();
    this._hasIntake = definition.hasIntake;
  }

  public _problems(source: SourceKey): string[] {
    return this.definition.problems(source);
  }

  public _bind(scope: Construct): BoundInputManifest {
    return this.definition.bind(scope);
  }
}

function everythingIn(bucket: s3.IBucket): ManifestData {
  return { bucket, keys: '*' };
}

/** Every text, number and key of a value, however deep. */
function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => [key, ...leaves(member)]) : [value];
}
