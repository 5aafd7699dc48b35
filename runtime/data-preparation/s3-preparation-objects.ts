import { HeadObjectCommand, type HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { PreparationObjects, Readability } from './ports';
import { writeCsvManifest } from '../shared/batch-manifest-writer';
import { httpStatus } from '../shared/errors';
import { bytesOf } from '../shared/s3-bytes';
import { listKeys } from '../shared/s3-listing';
import { S3Objects } from '../shared/s3-objects';
import { parseS3Uri } from '../shared/s3-uri';

const ARCHIVE_CLASSES: readonly (string | undefined)[] = ['GLACIER', 'DEEP_ARCHIVE'];

export class S3PreparationObjects extends S3Objects implements PreparationObjects {
  constructor(private readonly client: S3Client) {
    super(client);
  }

  bytes(uri: string): AsyncIterable<Uint8Array> {
    return bytesOf(this.client, parseS3Uri(uri));
  }

  async writeManifest(uri: string, lines: AsyncIterable<string>): Promise<void> {
    await writeCsvManifest(this.client, parseS3Uri(uri), lines);
  }

  async etag(uri: string): Promise<string> {
    const { bucket, key } = parseS3Uri(uri);
    const { ETag } = await this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return ETag!.replaceAll('"', '');
  }

  async readability(Bucket: string, Key: string): Promise<Readability | undefined> {
    try {
      return readabilityOf(await this.client.send(new HeadObjectCommand({ Bucket, Key })));
    } catch (error) {
      // an answer to HEAD has no body and so no error code
      if (httpStatus(error) === 404) return undefined;
      throw error;
    }
  }

  async* list(uri: string): AsyncIterable<string> {
    const { bucket, key: prefix } = parseS3Uri(uri);
    for await (const { key } of listKeys(this.client, bucket, prefix)) yield `s3://${bucket}/${key}`;
  }
}

/** Intelligent-Tiering names the tier while an object is in one of its archives. */
export function readabilityOf({ StorageClass, ArchiveStatus, Restore = '' }: HeadObjectCommandOutput): Readability {
  if (Restore.includes('ongoing-request="true"')) return 'restoring';
  if (ArchiveStatus !== undefined) return 'archived';
  return ARCHIVE_CLASSES.includes(StorageClass) && !Restore.includes('ongoing-request="false"') ? 'archived' : 'readable';
}
