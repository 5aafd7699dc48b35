import { S3Client } from '@aws-sdk/client-s3';
import { S3Location } from './s3-uri';
import { writeLines } from './s3-writer';

/**
 * Writes a CSV manifest of a batch job. S3 Batch Operations reads none that is encrypted by AWS KMS, so that this object is encrypted by S3's own
 * keys, whatever its bucket does by itself.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specify-batchjob-manifest.html
 */
export async function writeCsvManifest(s3: S3Client, location: S3Location, lines: AsyncIterable<string>): Promise<void> {
  await writeLines(s3, location, 'text/csv', lines, 'AES256');
}
