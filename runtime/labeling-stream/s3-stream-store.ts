import {
  DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, PutObjectCommandInput, S3Client,
} from '@aws-sdk/client-s3';
import { Mark, StoredText, StreamStore } from './ports';
import type { StreamStoreConfiguration } from '../../src/groundtruth/private/labeling-stream-contract';
import { errorName, httpStatus } from '../shared/errors';
import { LedgerConflict } from '../shared/ports';

/** The most that one DeleteObjects takes. */
const DELETED_AT_ONCE = 1000;
const CONFLICT_TRIES = 5;

/** `once` is a client that tries nothing again. */
export class S3StreamStore implements StreamStore {
  constructor(private readonly s3: S3Client, private readonly once: S3Client, private readonly at: StreamStoreConfiguration) {}

  uri(key: string): string {
    return `s3://${this.at.bucket}/${this.at.prefix}${key}`;
  }

  async create(key: string, text: string): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.s3.send(this.writing(key, text, { IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (httpStatus(error) === 412) return false;
        // another conditional write is under way: it is not said which of both will stand
        if (httpStatus(error) !== 409 || attempt === CONFLICT_TRIES) throw error;
      }
    }
  }

  async put(key: string, text: string): Promise<void> {
    await this.s3.send(this.writing(key, text));
  }

  async putOnce(key: string, text: string): Promise<void> {
    await this.once.send(this.writing(key, text));
  }

  async write(key: string, text: string, over: string | undefined): Promise<string> {
    try {
      return (await this.s3.send(this.writing(key, text, over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over }))).ETag!;
    } catch (error) {
      // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
      if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') throw new LedgerConflict(error);
      throw error;
    }
  }

  async read(key: string): Promise<StoredText | undefined> {
    try {
      const { Body, ETag } = await this.s3.send(new GetObjectCommand(this.target(key)));
      return { text: await Body!.transformToString('utf-8'), etag: ETag! };
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async exists(key: string): Promise<boolean> {
    try {
      await this.s3.send(new HeadObjectCommand(this.target(key)));
      return true;
    } catch (error) {
      // an answer to HEAD has no body and so no error code
      if (httpStatus(error) === 404) return false;
      throw error;
    }
  }

  async* list(prefix: string, after?: string): AsyncIterable<Mark> {
    for await (const { Contents = [] } of this.pages(prefix, { StartAfter: after === undefined ? undefined : `${this.at.prefix}${after}` })) {
      for (const { Key, Size, LastModified } of Contents) {
        yield { key: Key!.slice(this.at.prefix.length), size: Size ?? 0, modifiedAt: LastModified?.getTime() ?? 0 };
      }
    }
  }

  async* folders(prefix: string): AsyncIterable<string> {
    for await (const { CommonPrefixes = [] } of this.pages(prefix, { Delimiter: '/' })) {
      for (const { Prefix } of CommonPrefixes) yield Prefix!.slice(this.at.prefix.length + prefix.length, -1);
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE) {
      const Objects = keys.slice(from, from + DELETED_AT_ONCE).map((key) => ({ Key: `${this.at.prefix}${key}` }));
      const { Errors = [] } = await this.s3.send(new DeleteObjectsCommand({ Bucket: this.at.bucket, Delete: { Objects, Quiet: true } }));
      if (Errors.length === 0) continue;
      const [{ Key, Code, Message }] = Errors;
      throw Object.assign(new Error(`${Errors.length} objects were not deleted, the first is ${Key}: ${Code} ${Message}`), { name: Code });
    }
  }

  private async* pages(prefix: string, options: { readonly StartAfter?: string; readonly Delimiter?: string }) {
    let token: string | undefined;
    do {
      const page = await this.s3.send(new ListObjectsV2Command({
        Bucket: this.at.bucket, Prefix: `${this.at.prefix}${prefix}`, ContinuationToken: token, ...options,
      }));
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private writing(key: string, text: string, condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'> = {}): PutObjectCommand {
    return new PutObjectCommand({ ...this.target(key), ...condition, ContentType: 'application/json', Body: text });
  }

  private target(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.at.bucket, Key: `${this.at.prefix}${key}` };
  }
}
