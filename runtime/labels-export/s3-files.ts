import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import type { ExportFiles } from './ports';
import { joinObjects } from './s3-join';
import { linesOf } from '../shared/lines';
import { bytesOf } from '../shared/s3-bytes';
import { listKeys } from '../shared/s3-listing';
import { parseS3Uri } from '../shared/s3-uri';
import { writeChunks } from '../shared/s3-writer';

/** The most that one DeleteObjects takes. */
const DELETED_AT_ONCE = 1000;

export class S3ExportFiles implements ExportFiles {
  constructor(private readonly s3: S3Client) {}

  lines(uri: string): AsyncIterable<string> {
    return linesOf(bytesOf(this.s3, parseS3Uri(uri)));
  }

  async write(uri: string, contentType: string, chunks: AsyncIterable<string>): Promise<void> {
    await writeChunks(this.s3, parseS3Uri(uri), contentType, chunks);
  }

  async join(uri: string, contentType: string, head: string, parts: readonly string[]): Promise<void> {
    await joinObjects(this.s3, parseS3Uri(uri), contentType, head, parts);
  }

  async* list(folderUri: string): AsyncIterable<string> {
    const { bucket, key } = parseS3Uri(folderUri);
    for await (const object of listKeys(this.s3, bucket, key)) yield `s3://${bucket}/${object.key}`;
  }

  async remove(uris: readonly string[]): Promise<void> {
    for (let from = 0; from < uris.length; from += DELETED_AT_ONCE) {
      const locations = uris.slice(from, from + DELETED_AT_ONCE).map(parseS3Uri);
      const Objects = locations.map(({ key }) => ({ Key: key }));
      const { Errors: [failed] = [] } = await this.s3.send(new DeleteObjectsCommand({ Bucket: locations[0].bucket, Delete: { Objects, Quiet: true } }));
      if (failed) throw new Error(`s3://${locations[0].bucket}/${failed.Key} cannot be deleted: ${failed.Code}: ${failed.Message}`);
    }
  }
}
