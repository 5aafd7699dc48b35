import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InputManifest, ManifestData } from './input-manifest';
import { LabelingInput } from '../labeling-input';
import type { DatasetSpec } from './private/job-fleet-contract';
import { STREAM_IN_FLEET } from './private/labeling-stream-validation';
import { SourceKey } from '../model/groundtruth/manifest';
import { refuse } from '../private/errors';
import { S3Location } from '../private/s3-location';
import { isKnown, tokenProblems } from '../private/tokens';

/** What happens when objects appear under a prefix after the jobs were made. */
export enum DataGrowth {
  /** They are not labeled: the jobs label what was there when the fleet was first deployed. */
  SNAPSHOT = 'SNAPSHOT',
  /** Each run finds them and makes further jobs that label these alone. */
  INCREMENTS = 'INCREMENTS',
}

/** Options of `FleetData.fromPrefix()`. */
export interface PrefixDataOptions {
  /**
   * Endings of the keys that count, for example `['.jpg', '.png']`.
   *
   * @default - every object that is not empty and no folder
   */
  readonly suffixes?: string[];

  /**
   * What happens when objects appear after the jobs were made.
   *
   * @default DataGrowth.SNAPSHOT
   */
  readonly growth?: DataGrowth;
}

/**
 * A dataset as the handlers find it.
 *
 * @internal
 */
export interface BoundFleetData {
  readonly source: DatasetSpec['source'];
  readonly sourceKey: DatasetSpec['sourceKey'];
  /** The list itself, which the handlers read; or the objects under a prefix, which they list. */
  readonly location?: S3Location;
  /** What the jobs read. */
  readonly data: ManifestData[];
}

/** One dataset that a fleet shares out over jobs. An object belongs to exactly one job for ever, so none is labeled twice. */
export abstract class FleetData {
  /**
   * The lines of a manifest.
   *
   * @param manifest any manifest, of more lines than a single job takes too
   */
  public static fromManifest(manifest: InputManifest): FleetData {
    return new ManifestFleetData(manifest);
  }

  /**
   * The data objects of an input that is meant for any job system.
   *
   * @param input the data objects
   */
  public static fromInput(input: LabelingInput): FleetData {
    return new ManifestFleetData(InputManifest._from(input));
  }

  /**
   * All objects under a prefix, as `source-ref`.
   *
   * @param bucket the objects' bucket
   * @param prefix what their keys begin with; empty for the whole bucket
   * @param options which of them, and what happens when there are more
   */
  public static fromPrefix(bucket: s3.IBucket, prefix: string, options: PrefixDataOptions = {}): FleetData {
    return new PrefixFleetData(bucket, prefix, options);
  }

  /** @internal */
  public abstract _problems(source: SourceKey): string[];

  /** @internal */
  public abstract _bind(scope: Construct, source: SourceKey): BoundFleetData;
}

class ManifestFleetData extends FleetData {
  constructor(private readonly manifest: InputManifest) {
    super();
  }

  public _problems(source: SourceKey): string[] {
    return this.manifest._streams ? [STREAM_IN_FLEET] : this.manifest._problems(source);
  }

  public _bind(scope: Construct, sourceKey: SourceKey): BoundFleetData {
    const { location, identity, data } = this.manifest._bind(scope);
    return { source: { kind: 'manifest', uri: location!.uri, identity }, sourceKey, location, data };
  }
}

class PrefixFleetData extends FleetData {
  constructor(private readonly bucket: s3.IBucket, private readonly prefix: string, private readonly options: PrefixDataOptions) {
    super();
    const { suffixes = [] } = options;
    const unknown = tokenProblems('suffixes', suffixes, 'they are written to a file');
    const empty = suffixes.some((suffix) => suffix === '') ? ['\'suffixes\' must not hold an empty text, leave it out to take every object'] : [];
    const slash = isKnown(prefix) && prefix.startsWith('/') ? [`'prefix' must not begin with a slash, S3 would take it for a part of the keys, got ${JSON.stringify(prefix)}`] : [];
    refuse('FleetData.fromPrefix', [...unknown, ...empty, ...slash]);
  }

  public _problems(source: SourceKey): string[] {
    return source === 'source'
      ? ['objects under a prefix are given to the job as \'source-ref\', and the task type reads texts from \'source\': use FleetData.fromManifest()'] : [];
  }

  public _bind(_scope: Construct): BoundFleetData {
    const { suffixes, growth = DataGrowth.SNAPSHOT } = this.options;
    return {
      source: { kind: 'prefix', bucket: this.bucket.bucketName, prefix: this.prefix, suffixes, growth },
      sourceKey: 'source-ref',
      data: [{ bucket: this.bucket, keys: `${this.prefix}*` }],
    };
  }
}
