import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { S3Location } from './s3-uri';

/** Connections in a row that may break without a byte between them. */
const MOST_BREAKS = 3;

/**
 * The bytes of an object, streamed. The SDK repeats a request, but not what breaks while its answer streams: the rest is asked for then,
 * of the same version of the object. `from`: how many bytes are passed over.
 */
export async function* bytesOf(
  s3: S3Client, { bucket, key, versionId }: S3Location & { readonly versionId?: string }, etag?: string, from = 0,
): AsyncGenerator<Uint8Array> {
  let IfMatch = etag;
  let read = from;
  for (let breaks = 0; ;) {
    const Range = read > 0 ? `bytes=${read}-` : undefined;
    const { Body, ETag, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, IfMatch, Range }));
    IfMatch ??= ETag;
    const end = ContentLength === undefined ? undefined : read + ContentLength;
    try {
      for await (const chunk of Body as Readable) {
        yield chunk as Uint8Array;
        read += (chunk as Uint8Array).length;
        breaks = 0;
      }
      if (end === undefined || read >= end) return;
      throw new Error(`s3://${bucket}/${key} ended after ${read} of ${end} bytes`);
    } catch (error) {
      if (++breaks > MOST_BREAKS || end === undefined) throw error;
      if (read >= end) return;
    }
  }
}
