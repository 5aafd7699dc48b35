import * as path from 'path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { labelCategoryDocument, labelProblems, readLabelCategoryDocument } from './model/groundtruth/label-categories';
import { contentAsset, contentDigest, readText } from './private/content-asset';
import { refuse } from './private/errors';
import { assetLocation, objectLocation, S3Location } from './private/s3-location';
import { tokenProblems } from './private/tokens';

/**
 * Label categories, ready for a job system.
 *
 * @internal
 */
export interface BoundLabelCategories {
  readonly location: S3Location;
  /** Digest of the content, or the URI where the content is only known at deployment. */
  readonly identity: string;
}

/**
 * The labels that workers choose from.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html
 */
export abstract class LabelCategories {
  /**
   * These labels, in this order.
   *
   * @param labels names of 1 to 256 characters, each once; they must be known at synthesis
   */
  public static of(...labels: string[]): LabelCategories {
    return new KnownLabelCategories(labels);
  }

  /**
   * The labels of a file on disk, in Ground Truth's format (`{"document-version": "2018-11-28", "labels": [{"label": "…"}]}`).
   *
   * @param file path of the file, relative to the working directory
   */
  public static fromAsset(file: string): LabelCategories {
    return new AssetLabelCategories(file);
  }

  /**
   * The labels of a file that is in a bucket when the job starts. A change of its content alone goes unnoticed: the job is defined by
   * where the file lies.
   *
   * @param bucket the file's bucket
   * @param key the file's key
   */
  public static fromBucket(bucket: s3.IBucket, key: string): LabelCategories {
    return new BucketLabelCategories(bucket, key);
  }

  /**
   * The labels' names, where synthesis knows them.
   *
   * @internal
   */
  public abstract readonly _labels?: readonly string[];

  /** @internal */
  public abstract _bind(scope: Construct): BoundLabelCategories;
}

class KnownLabelCategories extends LabelCategories {
  public readonly _labels: readonly string[];

  constructor(labels: string[]) {
    super();
    const unknown = tokenProblems('labels', labels, 'they are written to a file; put the file into a bucket and use LabelCategories.fromBucket()');
    refuse('LabelCategories.of', unknown.length > 0 ? unknown : labelProblems(labels));
    this._labels = [...labels];
  }

  public _bind(scope: Construct): BoundLabelCategories {
    const content = labelCategoryDocument(this._labels);
    return { location: assetLocation(contentAsset(scope, 'LabelCategories', content, '.json'), '.json'), identity: contentDigest(content) };
  }
}

class AssetLabelCategories extends LabelCategories {
  public readonly _labels: readonly string[];
  private readonly content: string;

  constructor(private readonly file: string) {
    super();
    refuse('LabelCategories.fromAsset', tokenProblems('file', [file], 'the file is read at synthesis'));
    this.content = readText('LabelCategories.fromAsset', file);
    const { labels, problems } = readLabelCategoryDocument(this.content);
    refuse(`LabelCategories.fromAsset(${JSON.stringify(file)})`, problems);
    this._labels = labels;
  }

  public _bind(scope: Construct): BoundLabelCategories {
    const asset = new assets.Asset(scope, 'LabelCategories', { path: this.file });
    return { location: assetLocation(asset, path.extname(this.file)), identity: contentDigest(this.content) };
  }
}

class BucketLabelCategories extends LabelCategories {
  public readonly _labels = undefined;

  constructor(private readonly bucket: s3.IBucket, private readonly key: string) {
    super();
  }

  public _bind(_scope: Construct): BoundLabelCategories {
    const location = objectLocation(this.bucket, this.key);
    return { location, identity: location.uri };
  }
}
