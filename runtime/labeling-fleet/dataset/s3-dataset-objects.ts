import { DeleteObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DatasetPorts } from './interface';
import { errorName, httpStatus, UserError } from '../../shared/errors';
import { linesOf } from '../../shared/lines';
import { bytesOf } from '../../shared/s3-bytes';
import { ListedObject, listKeys } from '../../shared/s3-listing';
import { parseS3Uri } from '../../shared/s3-uri';
import { writeLines } from '../../shared/s3-writer';

export class S3DatasetObjects implements DatasetPorts {
  constructor(private readonly s3: S3Client) {}

  async* lines(uri: string, etag?: string): AsyncIterable<string> {
    try {
      yield* linesOf(bytesOf(this.s3, parseS3Uri(uri), etag));
    } catch (error) {
      if (errorName(error) === 'PreconditionFailed') throw new UserError(`${uri} was changed while it was read: deploy again`, error);
      throw error;
    }
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    await writeLines(this.s3, parseS3Uri(uri), 'application/jsonlines', lines);
  }

  async version(uri: string): Promise<string | undefined> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      return (await this.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
    } catch (error) {
      // an answer to HEAD has no body and so no error code
      if (httpStatus(error) === 404) return undefined;
      throw error;
    }
  }

  async remove(uri: string): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  list(bucket: string, prefix: string, after?: string): AsyncIterable<ListedObject> {
    return listKeys(this.s3, bucket, prefix, after);
  }
}
