import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CompletedPart, CreateMultipartUploadCommand, PutObjectCommand, S3Client,
  ServerSideEncryption, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { S3Location } from './s3-uri';

/** S3's least size of a part; 10,000 parts of it hold 48 GiB. */
const PART_BYTES = 5 * 1024 * 1024;

/** Writes lines as one object, see `writeChunks`. */
export async function writeLines(
  s3: S3Client, location: S3Location, contentType: string, lines: AsyncIterable<string>, encryption?: ServerSideEncryption,
): Promise<void> {
  await writeChunks(s3, location, contentType, ended(lines), encryption);
}

async function* ended(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`;
}

/**
 * Writes an object of any size at constant memory: one put when it is small, a multipart upload otherwise. The object appears
 * whole or not at all. `encryption`: in place of the bucket's own.
 */
export async function writeChunks(
  s3: S3Client, location: S3Location, contentType: string, chunks: AsyncIterable<string>, encryption?: ServerSideEncryption,
): Promise<void> {
  const target = { Bucket: location.bucket, Key: location.key };
  const kind = { ContentType: contentType, ServerSideEncryption: encryption };
  let upload: string | undefined;
  const parts: CompletedPart[] = [];
  // one for all parts: thousands of small pieces would cost more than what they hold
  const buffer = Buffer.allocUnsafe(PART_BYTES);
  let bytes = 0;

  const flush = async (): Promise<void> => {
    upload ??= (await s3.send(new CreateMultipartUploadCommand({ ...target, ...kind }))).UploadId!;
    const PartNumber = parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId: upload, PartNumber, Body: buffer.subarray(0, bytes) }));
    parts.push({ ETag, PartNumber });
    bytes = 0;
  };

  try {
    for await (const text of chunks) {
      const chunk = Buffer.from(text);
      for (let from = 0; from < chunk.length;) {
        const copied = chunk.copy(buffer, bytes, from);
        from += copied;
        bytes += copied;
        if (bytes === PART_BYTES) await flush();
      }
    }
    if (upload === undefined) {
      await s3.send(new PutObjectCommand({ ...target, ...kind, Body: buffer.subarray(0, bytes) }));
      return;
    }
    if (bytes > 0) await flush();
    await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId: upload, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    // parts of an upload that never ends are stored and paid for; what went wrong matters more than whether this works
    if (upload !== undefined) await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId: upload })).catch(() => undefined);
    throw error;
  }
}
