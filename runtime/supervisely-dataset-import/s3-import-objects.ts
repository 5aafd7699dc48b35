import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type ImportObjects, Overtaken, type Stored, Unreadable } from './ports';
import { errorMessage, errorName, httpStatus, isAccessDenied } from '../shared/errors';
import { linesOf } from '../shared/lines';
import { bytesOf } from '../shared/s3-bytes';
import { S3Objects } from '../shared/s3-objects';
import { parseS3Uri } from '../shared/s3-uri';

export class S3ImportObjects extends S3Objects implements ImportObjects {
  constructor(private readonly client: S3Client) {
    super(client);
  }

  async* linesFrom(uri: string, offset: number): AsyncIterable<string> {
    try {
      yield* linesOf(bytesOf(this.client, parseS3Uri(uri), undefined, offset));
    } catch (error) {
      // S3 knows no range behind the last byte, and after the last batch nothing but the end is left
      if (httpStatus(error) !== 416) throw error;
    }
  }

  async whole(uri: string, mostBytes: number): Promise<Uint8Array> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      const { Body, ContentLength = 0 } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (ContentLength <= mostBytes) return await Body!.transformToByteArray();
      (Body as Readable).destroy();
      throw new Unreadable(`${uri} has ${ContentLength} bytes, at most ${mostBytes} are read`);
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') throw new Unreadable(`there is nothing at ${uri}`);
      if (errorName(error) === 'NoSuchBucket' || errorName(error) === 'InvalidObjectState' || isAccessDenied(error)) {
        throw new Unreadable(`${uri} cannot be read: ${errorName(error)}, ${errorMessage(error)}`);
      }
      throw error;
    }
  }

  async readJson<T>(uri: string): Promise<Stored<T> | undefined> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { value: JSON.parse(await Body!.transformToString()) as T, version: ETag! };
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async writeJson(uri: string, value: object, over: string | undefined): Promise<string> {
    const { bucket, key } = parseS3Uri(uri);
    const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
    try {
      const { ETag } = await this.client.send(new PutObjectCommand({
        Bucket: bucket, Key: key, ...condition, ContentType: 'application/json', Body: JSON.stringify(value),
      }));
      return ETag!;
    } catch (error) {
      // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
      if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') throw new Overtaken(`${uri} was changed by another writer`);
      throw error;
    }
  }

  async remove(uri: string): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}
