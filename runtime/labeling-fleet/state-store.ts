import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StateStore, StoredText } from './ports';
import { errorName, httpStatus } from '../shared/errors';
import { BucketGone, LedgerConflict } from '../shared/ports';
import { writeLines } from '../shared/s3-writer';

/** The most that one DeleteObjects takes. */
const DELETED_AT_ONCE = 1000;

export class S3StateStore implements StateStore {
  constructor(private readonly s3: S3Client, private readonly bucket: string, private readonly prefix: string) {}

  uri(key: string): string {
    return `s3://${this.bucket}/${this.prefix}${key}`;
  }

  async read(key: string): Promise<StoredText | undefined> {
    try {
      const { Body, ETag } = await this.s3.send(new GetObjectCommand(this.target(key)));
      return { text: await Body!.transformToString('utf-8'), etag: ETag! };
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') return undefined;
      throw this.translate(error);
    }
  }

  async write(key: string, text: string, over: string | undefined): Promise<string> {
    const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
    try {
      return (await this.s3.send(new PutObjectCommand({ ...this.target(key), ...condition, ...typed(key), Body: text }))).ETag!;
    } catch (error) {
      // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
      if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') throw new LedgerConflict(error);
      throw this.translate(error);
    }
  }

  async put(key: string, text: string): Promise<void> {
    await this.translating(() => this.s3.send(new PutObjectCommand({ ...this.target(key), ...typed(key), Body: text })));
  }

  async writeLines(key: string, lines: AsyncIterable<string>): Promise<void> {
    await this.translating(() => writeLines(this.s3, { bucket: this.bucket, key: `${this.prefix}${key}` }, typed(key).ContentType, lines));
  }

  async* keys(prefix: string): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const page = await this.translating(() => this.s3.send(new ListObjectsV2Command({
        Bucket: this.bucket, Prefix: `${this.prefix}${prefix}`, ContinuationToken: token,
      })));
      for (const { Key } of page.Contents ?? []) yield Key!.slice(this.prefix.length);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE) {
      const Objects = keys.slice(from, from + DELETED_AT_ONCE).map((key) => ({ Key: `${this.prefix}${key}` }));
      const { Errors = [] } = await this.translating(() => this.s3.send(new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } })));
      if (Errors.length > 0) throw new Error(`${Errors.length} objects were not deleted, the first is ${Errors[0].Key}: ${Errors[0].Code} ${Errors[0].Message}`);
    }
  }

  private target(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: `${this.prefix}${key}` };
  }

  private async translating<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.translate(error);
    }
  }

  private translate(error: unknown): unknown {
    const gone = errorName(error) === 'NoSuchBucket' || httpStatus(error) === 403;
    return gone ? new BucketGone(this.bucket, error) : error;
  }
}

function typed(key: string): { readonly ContentType: string } {
  return { ContentType: key.endsWith('.jsonl') ? 'application/jsonlines' : 'application/json' };
}
