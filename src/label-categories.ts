import * as path from 'path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { LabelAttribute } from './label-attribute';
import { FrameLabels } from './model/groundtruth/frame-label-categories';
import { labelProblems, readLabelCategoryDocument } from './model/groundtruth/label-categories';
import { LabelDocument, plainDocument } from './model/groundtruth/label-document';
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
  /** Digest of what the labels mean, or the URI where the content is only known at deployment. */
  readonly identity: string;
  /** What the task type says to the workers beside the labels. */
  readonly revision?: string;
}

/** A label with what belongs to it. */
export interface LabelCategory {
  /** The label, 1 to 256 characters; for video frames and point clouds up to 16. */
  readonly name: string;

  /**
   * What workers see instead of the name. Only named entity recognition uses it.
   *
   * @default - the name
   */
  readonly shortDisplayName?: string;

  /**
   * What workers say about an object of this label. For video frames and point clouds.
   *
   * @default - nothing but the label
   */
  readonly attributes?: LabelAttribute[];

  /**
   * Whether workers of an adjustment job may change objects of this label. For video frames and point clouds.
   *
   * @default true
   */
  readonly editable?: boolean;
}

/** What workers say besides labels, for video frames and point clouds. */
export interface DetailedLabelsOptions {
  /**
   * Attributes of every label.
   *
   * @default - none
   */
  readonly commonAttributes?: LabelAttribute[];

  /**
   * Attributes of a frame as a whole; each needs a description.
   *
   * @default - none
   */
  readonly frameAttributes?: LabelAttribute[];
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
    return new KnownLabelCategories('LabelCategories.of', labels.map((name) => ({ name })), {});
  }

  /**
   * These labels, in this order, with what belongs to them: display names, and for video frames and point clouds attributes.
   *
   * @param labels the labels, each once; they must be known at synthesis
   * @param options attributes of all labels and of frames
   */
  public static detailed(labels: LabelCategory[], options: DetailedLabelsOptions = {}): LabelCategories {
    return new KnownLabelCategories('LabelCategories.detailed', labels, options);
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

  /**
   * What is wrong with them for a task type.
   *
   * @internal
   */
  public abstract _problems(document: LabelDocument): string[];

  /** @internal */
  public abstract _bind(scope: Construct, document?: LabelDocument): BoundLabelCategories;
}

class KnownLabelCategories extends LabelCategories {
  public readonly _labels: readonly string[];
  private readonly frameLabels: FrameLabels;

  constructor(where: string, labels: LabelCategory[], { commonAttributes = [], frameAttributes = [] }: DetailedLabelsOptions) {
    super();
    const names = labels.map(({ name }) => name);
    const texts = labels.flatMap(({ name, shortDisplayName }) => [name, shortDisplayName]);
    const remedy = 'they are written to a file; put the file into a bucket and use LabelCategories.fromBucket()';
    const unknown = [names, texts].flatMap((values) => tokenProblems('labels', values, remedy)).slice(0, 1);
    refuse(where, unknown.length > 0 ? unknown : labelProblems(names));
    this._labels = names;
    this.frameLabels = {
      labels: labels.map(({ name, shortDisplayName, attributes, editable }) => ({
        label: name,
        ...(shortDisplayName === undefined ? {} : { shortDisplayName }),
        ...(editable === false ? { editsAllowed: 'none' as const } : {}),
        ...(attributes?.length ? { categoryAttributes: attributes.map(({ _entry }) => _entry) } : {}),
      })),
      categoryGlobalAttributes: commonAttributes.map(({ _entry }) => _entry),
      frameAttributes: frameAttributes.map(({ _entry }) => _entry),
    };
  }

  public _problems(document: LabelDocument): string[] {
    return document.ownProblems(this.frameLabels);
  }

  public _bind(scope: Construct, document: LabelDocument = plainDocument()): BoundLabelCategories {
    const content = document.render(this.frameLabels);
    return {
      location: assetLocation(contentAsset(scope, 'LabelCategories', content, '.json'), '.json'),
      identity: contentDigest(document.meaning(this.frameLabels)),
      revision: document.revision,
    };
  }
}

class AssetLabelCategories extends LabelCategories {
  public readonly _labels: readonly string[];
  private readonly content: string;
  private readonly document: string;

  constructor(private readonly file: string) {
    super();
    refuse('LabelCategories.fromAsset', tokenProblems('file', [file], 'the file is read at synthesis'));
    this.content = readText('LabelCategories.fromAsset', file);
    const { labels, document, problems } = readLabelCategoryDocument(this.content);
    refuse(`LabelCategories.fromAsset(${JSON.stringify(file)})`, problems);
    this._labels = labels;
    this.document = document!;
  }

  public _problems(document: LabelDocument): string[] {
    return document.fileProblems(this.document, this.content);
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

  public _problems(_document: LabelDocument): string[] {
    return [];
  }

  public _bind(_scope: Construct): BoundLabelCategories {
    const location = objectLocation(this.bucket, this.key);
    return { location, identity: location.uri };
  }
}
