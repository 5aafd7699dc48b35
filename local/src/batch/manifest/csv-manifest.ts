import type { JobManifest, JobManifestFieldName } from '@aws-sdk/client-s3-control';
import { csvRows } from './csv-rows';
import type { FoundObject } from './read-object';
import { invalidManifest, JobFailed } from '../job-failure';
import type { Task } from '../task';

/** Tasks of a manifest whose columns the request names. */
export async function* csvTasks({ Spec }: JobManifest, object: FoundObject): AsyncGenerator<Task> {
  const columns = columnsOf(Spec!.Fields!);
  yield* tasksOfRows(csvRows(object.pieces()), columns);
}

export interface Columns {
  readonly count: number;
  readonly bucket: number;
  readonly key: number;
  /** -1: there is none. */
  readonly versionId: number;
}

export function columnsOf(fields: readonly JobManifestFieldName[]): Columns {
  const missing = (['Bucket', 'Key'] as const).filter((field) => !fields.includes(field));
  if (missing.length > 0) throw new JobFailed('InvalidManifestContent', `Required fields are missing in the schema: + ${missing.join(', ')}`);
  return { count: fields.length, bucket: fields.indexOf('Bucket'), key: fields.indexOf('Key'), versionId: fields.indexOf('VersionId') };
}

/** All rows must be of the schema's width; without a version column no task has a version. */
export async function* tasksOfRows(rows: AsyncIterable<string[]>, columns: Columns): AsyncGenerator<Task> {
  let number = 0;
  for await (const row of rows) {
    number++;
    if (row.length !== columns.count) throw invalidManifest(`row ${number} has ${row.length} values, the schema ${columns.count}`);
    const bucket = row[columns.bucket];
    const key = row[columns.key];
    if (bucket === '' || key === '') throw invalidManifest(`row ${number} has no ${bucket === '' ? 'bucket' : 'key'}`);
    yield { bucket, key, ...(columns.versionId >= 0 && { versionId: row[columns.versionId] }) };
  }
}
