import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { S3GeneratedManifestDescriptor, S3ManifestOutputLocation } from '@aws-sdk/client-s3-control';
import type { EngineCore } from '../../core/engine';
import { type Caller, ServiceError } from '../../core/service';
import { csvLine } from '../csv-line';
import { JobFailed } from '../job-failure';
import type { Task } from '../task';

/** So many rows make one file. */
const ROWS_PER_FILE = 100_000;

interface WrittenFile {
  readonly key: string;
  readonly size: number;
  readonly MD5checksum: string;
}

/** Where a generated manifest goes: in the form of an inventory report, so that another job can read it. */
export class GeneratedManifest {
  private readonly files: WrittenFile[] = [];
  private readonly folder: string;
  private readonly bucket: string;

  constructor(private readonly core: EngineCore, private readonly caller: Caller, private readonly output: S3ManifestOutputLocation, jobId: string) {
    this.bucket = output.Bucket!.replace(/^arn:[^:]+:s3:::/, '');
    this.folder = `${output.ManifestPrefix === undefined ? '' : `${output.ManifestPrefix}/`}job-${jobId}`;
  }

  async write(sourceBucket: string, tasks: Iterable<Task>): Promise<S3GeneratedManifestDescriptor> {
    let rows: string[] = [];
    for (const { bucket, key, versionId = '' } of tasks) {
      rows.push(csvLine([bucket, key, versionId]));
      if (rows.length < ROWS_PER_FILE) continue;
      await this.writeFile(rows);
      rows = [];
    }
    await this.writeFile(rows);
    const key = `${this.folder}/manifest.json`;
    const ETag = await this.put(key, JSON.stringify({
      sourceBucket,
      destinationBucket: this.output.Bucket,
      version: '2021-11-30',
      creationTimestamp: String(this.core.clock.now()),
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, VersionId',
      files: this.files,
    }));
    return { Format: this.output.ManifestFormat, Location: { ObjectArn: `${this.output.Bucket}/${key}`, ETag } };
  }

  private async writeFile(rows: readonly string[]): Promise<void> {
    if (rows.length === 0) return;
    const bytes = gzipSync(rows.join(''));
    const MD5checksum = createHash('md5').update(bytes).digest('hex');
    const key = `${this.folder}/data/${MD5checksum}.csv.gz`;
    await this.put(key, bytes);
    this.files.push({ key, size: bytes.length, MD5checksum });
  }

  private async put(Key: string, Body: Buffer | string): Promise<string> {
    const { ManifestEncryption: encryption, ExpectedManifestBucketOwner } = this.output;
    try {
      const { ETag } = await this.core.call<{ ETag: string }>('s3', 'PutObject', {
        Bucket: this.bucket,
        Key,
        Body,
        ExpectedBucketOwner: ExpectedManifestBucketOwner,
        ...(encryption?.SSES3 && { ServerSideEncryption: 'AES256' }),
        ...(encryption?.SSEKMS && { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.SSEKMS.KeyId }),
      }, this.caller);
      return ETag.replaceAll('"', '');
    } catch (error) {
      if (error instanceof ServiceError) throw new JobFailed(error.code, `The generated manifest could not be written to ${this.bucket}: ${error.message}`);
      throw error;
    }
  }
}
