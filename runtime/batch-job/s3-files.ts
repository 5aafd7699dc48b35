import { DeleteObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Files, FileVersion } from './ports';
import { writeCsvManifest } from '../shared/batch-manifest-writer';
import { httpStatus } from '../shared/errors';
import { bytesOf } from '../shared/s3-bytes';
import { listKeys } from '../shared/s3-listing';
import { S3Location } from '../shared/s3-uri';

export class S3Files implements Files {
  constructor(private readonly s3: S3Client) {}

  async head({ bucket, key, versionId }: FileVersion): Promise<{ etag: string; versionId?: string } | undefined> {
    try {
      const { ETag, VersionId } = await this.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      return { etag: ETag!, versionId: VersionId };
    } catch (error) {
      // an answer to HEAD has no body and so no error code
      if (httpStatus(error) === 404) return undefined;
      throw error;
    }
  }

  bytes(file: FileVersion): AsyncIterable<Uint8Array> {
    return bytesOf(this.s3, file);
  }

  async write(location: S3Location, lines: AsyncIterable<string>): Promise<void> {
    await writeCsvManifest(this.s3, location, lines);
  }

  async* keysUnder(bucket: string, prefix: string): AsyncIterable<string> {
    for await (const { key } of listKeys(this.s3, bucket, prefix)) yield key;
  }

  async remove({ bucket, key }: S3Location): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}
