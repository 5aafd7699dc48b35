import { LIMITS } from './limits';

/** One object that a job works on. */
export interface ManifestRow {
  readonly bucket: string;
  /** As S3 knows it; encoding it is the manifest's business. */
  readonly key: string;
  readonly versionId?: string;
}

export type ManifestField = 'Bucket' | 'Key' | 'VersionId';

/** The version id of objects that were written without versioning. */
const UNVERSIONED = 'null';

/**
 * A key as CSV manifests have it: everything but unreserved characters and slashes is escaped, so no key needs quotes, and readers that
 * take `+` for a space and those that do not agree.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specify-batchjob-manifest.html
 */
export function encodeKey(key: string): string {
  return encodeURIComponent(key).replace(/%2F/g, '/').replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The key that a manifest or report names; `undefined` for a broken escape. */
export function decodeKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replace(/\+/g, '%20'));
  } catch {
    return undefined;
  }
}

/** Either all objects of a manifest have a version, or none. */
export function manifestFields(rows: readonly ManifestRow[]): ManifestField[] {
  return rows.some(({ versionId }) => versionId !== undefined) ? ['Bucket', 'Key', 'VersionId'] : ['Bucket', 'Key'];
}

/** Rows in the order given, every line ended; unversioned objects among versioned ones bear S3's word for them. */
export function manifestText(rows: readonly ManifestRow[]): string {
  const versioned = manifestFields(rows).includes('VersionId');
  return rows.map(({ bucket, key, versionId = UNVERSIONED }) => `${bucket},${encodeKey(key)}${versioned ? `,${versionId}` : ''}\n`).join('');
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What S3 would fail the job or a task for, by row. */
export function rowProblems(rows: readonly ManifestRow[]): string[] {
  if (rows.length === 0) return ['the manifest has no rows, give at least one object'];
  return rows.flatMap((row, index) => [...singleProblems(row), ...bucketProblems(row, rows[0])].map((problem) => `row ${index + 1}: ${problem}`));
}

function bucketProblems({ bucket }: ManifestRow, first: ManifestRow): string[] {
  return bucket === first.bucket ? [] : [`bucket '${bucket}' is not '${first.bucket}' of row 1: all objects of a job lie in one bucket, make a job for each`];
}

function singleProblems({ bucket, key, versionId }: ManifestRow): string[] {
  const problems: string[] = [];
  if (!BUCKET.test(bucket)) problems.push(`'${bucket}' is no name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens`);
  if (LONE_SURROGATE.test(key)) return [...problems, `the key ${JSON.stringify(key)} is not valid Unicode`];
  const size = new TextEncoder().encode(key).length;
  if (size < 1 || size > LIMITS.keyBytes) problems.push(`the key has ${size} bytes, S3 takes 1 to ${LIMITS.keyBytes}`);
  if (versionId === '') problems.push('the version id is empty: leave it out, or give \'null\' for an object without versions');
  if (versionId !== undefined && /[",\s]/.test(versionId)) problems.push(`'${versionId}' is no version id`);
  return problems;
}
