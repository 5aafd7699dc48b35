import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { errorName, httpStatus } from './errors';
import { RecordPorts } from './inventory-record';
import { writeLines } from './s3-writer';

/** A record in S3. */
export function s3Record(s3: S3Client): RecordPorts {
  return {
    writeLines: (bucket, key, contentType, lines) => writeLines(s3, { bucket, key }, contentType, lines),
    async version(Bucket, Key) {
      try {
        return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      } catch (error) {
        // 403: who may read an object, but not list its bucket, is not told that it is not there
        if ([403, 404].includes(httpStatus(error)!)) return undefined;
        throw error;
      }
    },
    async replace(Bucket, Key, Body, IfMatch) {
      try {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch, ContentType: 'application/json' }));
        return true;
      } catch (error) {
        // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
        if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') return false;
        throw error;
      }
    },
    remove: async (Bucket, Key) => void await s3.send(new DeleteObjectCommand({ Bucket, Key })),
  };
}
