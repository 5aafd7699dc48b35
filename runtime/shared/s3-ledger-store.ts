import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { errorName, httpStatus } from './errors';
import { BucketGone, LedgerConflict, LedgerStore, StoredLedger } from './ports';
import { Ledger, LEDGER_FORMAT } from '../../src/model/ledger';

/** The ledger as one object, written only conditionally: `If-Match` over a known version, `If-None-Match` where none may stand. */
export class S3LedgerStore implements LedgerStore {
  private readonly target: { readonly Bucket: string; readonly Key: string };

  constructor(private readonly s3: S3Client, private readonly bucket: string, key: string) {
    this.target = { Bucket: bucket, Key: key };
  }

  async read(): Promise<StoredLedger | undefined> {
    try {
      const { Body, ETag } = await this.s3.send(new GetObjectCommand(this.target));
      const ledger = JSON.parse(await Body!.transformToString('utf-8')) as Ledger;
      if (ledger.format !== LEDGER_FORMAT) {
        throw new Error(`s3://${this.target.Bucket}/${this.target.Key} has format ${ledger.format}: a newer release of the library wrote it, deploy with that one`);
      }
      return { ledger, etag: ETag! };
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') return undefined;
      throw this.translate(error);
    }
  }

  async write(ledger: Ledger, over: string | undefined): Promise<StoredLedger> {
    const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
    try {
      const { ETag } = await this.s3.send(new PutObjectCommand({
        ...this.target, ...condition, ContentType: 'application/json', Body: JSON.stringify(ledger),
      }));
      return { ledger, etag: ETag! };
    } catch (error) {
      // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
      if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') throw new LedgerConflict(error);
      throw this.translate(error);
    }
  }

  async remove(): Promise<void> {
    try {
      await this.s3.send(new DeleteObjectCommand(this.target));
    } catch (error) {
      throw this.translate(error);
    }
  }

  private translate(error: unknown): unknown {
    const gone = errorName(error) === 'NoSuchBucket' || httpStatus(error) === 403;
    return gone ? new BucketGone(this.bucket, error) : error;
  }
}
