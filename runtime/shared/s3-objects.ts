import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { errorName, httpStatus } from './errors';
import { linesOf } from './lines';
import { Objects } from './ports';
import { listKeys } from './s3-listing';
import { parseS3Uri } from './s3-uri';
import { writeLines } from './s3-writer';

export class S3Objects implements Objects {
  constructor(private readonly s3: S3Client) {}

  async exists(uri: string): Promise<boolean> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      await this.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      // an answer to HEAD has no body and so no error code
      if (httpStatus(error) === 404) return false;
      throw error;
    }
  }

  async anyUnder(uri: string): Promise<boolean> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
      return Contents.length > 0;
    } catch (error) {
      if (errorName(error) === 'NoSuchBucket') return false;
      throw error;
    }
  }

  async* allUnder(uri: string): AsyncIterable<string> {
    const { bucket, key: prefix } = parseS3Uri(uri);
    for await (const { key } of listKeys(this.s3, bucket, prefix)) yield `s3://${bucket}/${key}`;
  }

  async* lines(uri: string): AsyncIterable<string> {
    const { bucket, key } = parseS3Uri(uri);
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    yield* linesOf(Body as Readable);
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    await writeLines(this.s3, parseS3Uri(uri), 'application/jsonlines', lines);
  }
}
