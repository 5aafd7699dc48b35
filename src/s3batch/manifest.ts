import * as s3 from 'aws-cdk-lib/aws-s3';
import { AssetManifestOptions, GeneratedManifestOptions, InventoryManifestOptions, ManifestRow, ObjectManifestOptions } from './manifest-options';
import { assetManifest, objectManifest, rowsManifest } from './private/csv-manifests';
import { ManifestDefinition } from './private/manifest-definition';
import { generatedManifest, inventoryManifest } from './private/other-manifests';

/**
 * The list of a job's objects, all of one bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specify-batchjob-manifest.html
 */
export class Manifest {
  /**
   * Objects named in code. Keys may hold anything: they are URL-encoded as S3 wants it.
   *
   * @param bucket the bucket of all objects
   * @param rows the objects, each once; they must be known at synthesis
   */
  public static fromRows(bucket: s3.IBucket, rows: ManifestRow[]): Manifest {
    return new Manifest(rowsManifest(bucket, rows));
  }

  /**
   * A CSV file on disk, without a header: bucket, URL-encoded key and, if you like, version. Its rows are checked at synthesis, and the job
   * is defined by its content.
   *
   * @param file path of the file, relative to the working directory
   * @param options its columns, and the bucket that it names
   */
  public static fromAsset(file: string, options: AssetManifestOptions = {}): Manifest {
    return new Manifest(assetManifest(file, options));
  }

  /**
   * A CSV manifest that is in a bucket when the job is made. A change of its content alone goes unnoticed: the job is defined by where the
   * manifest lies, and by `etag` and `versionId` if they are given.
   *
   * @param bucket the manifest's bucket
   * @param key the manifest's key
   * @param options its columns, and which state of it is meant
   */
  public static fromObject(bucket: s3.IBucket, key: string, options: ObjectManifestOptions = {}): Manifest {
    return new Manifest(objectManifest(bucket, key, options));
  }

  /**
   * A report of S3 Inventory, in the format CSV.
   *
   * @param bucket the report's bucket
   * @param key key of the report's `manifest.json`
   * @param options which bucket it lists, and which state of it is meant
   */
  public static fromInventory(bucket: s3.IBucket, key: string, options: InventoryManifestOptions): Manifest {
    return new Manifest(inventoryManifest(bucket, key, options));
  }

  /**
   * A list that S3 makes of a bucket when the job begins. It takes a while, and a job without any object fails.
   *
   * @param options which bucket, and which of its objects
   */
  public static generated(options: GeneratedManifestOptions): Manifest {
    return new Manifest(generatedManifest(options));
  }

  /** @internal */
  public static _of(definition: ManifestDefinition): Manifest {
    return new Manifest(definition);
  }

  /** @internal */
  public readonly _definition: ManifestDefinition;

  private constructor(definition: ManifestDefinition) {
    this._definition = definition;
  }
}
