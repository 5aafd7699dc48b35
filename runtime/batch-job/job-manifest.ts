import { FileVersion, JobManifest, Ports } from './ports';
import { BatchWork, DeclaredManifest, writtenManifestKey } from '../../src/model/s3batch/work';
import { isAccessDenied, UserError } from '../shared/errors';
import { linesOf } from '../shared/lines';

/** The manifest of a job that begins with all rows, as S3 wants it named; absent where S3 generates one. */
export async function declaredManifest(work: BatchWork, jobName: string, partition: string, ports: Ports): Promise<JobManifest | undefined> {
  const { manifest } = work;
  if (!manifest) return undefined;
  const { Format, Fields, Bucket, Key, VersionId, ETag, RowsBucket, Copied } = manifest;
  if (RowsBucket === undefined && Copied !== 'true') {
    return named({ bucket: Bucket, key: Key, versionId: VersionId }, { Format, Fields }, ETag, partition, ports);
  }
  const location = { bucket: work.manifestBucket, key: writtenManifestKey(work, jobName) };
  const lines = linesOf(ports.files.bytes(await source(manifest, ports)));
  await ports.files.write(location, RowsBucket === undefined ? lines : withBucket(RowsBucket, lines));
  return named(location, { Format, Fields: RowsBucket === undefined ? Fields : ['Bucket', ...Fields ?? ['Key']] }, undefined, partition, ports);
}

/** A manifest that lies there. Its ETag and version are part of the request: the job reads these bytes or none. */
export async function named(
  file: FileVersion, spec: JobManifest['Spec'], declaredETag: string | undefined, partition: string, ports: Ports,
): Promise<JobManifest> {
  const head = await present(file, ports);
  const versionId = file.versionId ?? (head.versionId === 'null' ? undefined : head.versionId);
  return {
    Spec: { Format: spec.Format, ...(spec.Fields && { Fields: spec.Fields }) },
    Location: {
      ObjectArn: `arn:${partition}:s3:::${file.bucket}/${file.key}`,
      ...(versionId !== undefined && { ObjectVersionId: versionId }),
      ETag: unquoted(declaredETag ?? head.etag),
    },
  };
}

async function present(file: FileVersion, ports: Ports): Promise<{ readonly etag: string; readonly versionId?: string }> {
  const version = file.versionId === undefined ? '' : ` in version ${file.versionId}`;
  try {
    const head = await ports.files.head(file);
    if (head) return head;
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    throw new UserError(`the manifest s3://${file.bucket}/${file.key}${version} may not be read: let its bucket's policy and its key allow the handlers`, error);
  }
  throw new UserError(`the manifest s3://${file.bucket}/${file.key}${version} does not exist: write it before the deployment, or correct "manifest"`);
}

async function source({ Bucket, Key, VersionId }: DeclaredManifest, ports: Ports): Promise<FileVersion> {
  const file = { bucket: Bucket, key: Key, versionId: VersionId };
  await present(file, ports);
  return file;
}

/** Rows that lack it get their bucket's name in front. Keys are encoded, so that a line is a row. */
async function* withBucket(bucket: string, lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) if (line !== '') yield `${bucket},${line}`;
}

/** S3 gives entity tags in quotes and takes them without. */
function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, '$1');
}
