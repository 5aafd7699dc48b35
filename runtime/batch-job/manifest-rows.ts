import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Files, FileVersion, JobManifest } from './ports';
import { TaskRow, taskRow } from '../../src/model/s3batch/rest-rows';
import { csvRecords } from '../shared/csv-records';

export interface ManifestRows {
  /** Whether the rows name versions. */
  readonly versioned: boolean;
  /** From the beginning, however often it is asked for. */
  rows(): AsyncIterable<TaskRow>;
}

/** The rows that a job has read: of a CSV manifest, or of an inventory report, also of a generated one. */
export async function manifestRows({ Spec, Location }: JobManifest, files: Files): Promise<ManifestRows> {
  const [bucket, key] = /^arn:[^:]+:s3:::([^/]+)\/([^]*)$/.exec(Location.ObjectArn)!.slice(1);
  const file = { bucket, key, versionId: Location.ObjectVersionId };
  return Spec.Fields ? csvManifest(file, Spec.Fields, files) : inventory(file, files);
}

function csvManifest(file: FileVersion, fields: readonly string[], files: Files): ManifestRows {
  return {
    versioned: fields.includes('VersionId'),
    async* rows() {
      for await (const values of csvRecords(files.bytes(file))) yield taskRow(values, fields);
    },
  };
}

interface InventoryManifest {
  readonly destinationBucket: string;
  /** `Bucket, Key, VersionId, …` */
  readonly fileSchema: string;
  readonly files: ReadonlyArray<{ readonly key: string }>;
}

async function inventory(file: FileVersion, files: Files): Promise<ManifestRows> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.bytes(file)) chunks.push(chunk);
  const { fileSchema, destinationBucket, files: parts } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as InventoryManifest;
  const columns = fileSchema.split(',').map((name) => name.trim());
  const bucket = destinationBucket.split(':').at(-1)!;
  return {
    versioned: columns.includes('VersionId'),
    async* rows() {
      for (const { key } of parts) {
        for await (const values of csvRecords(unzipped(files.bytes({ bucket, key })))) yield taskRow(values, columns);
      }
    },
  };
}

function unzipped(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const unzip = createGunzip();
  // an error destroys the stream, and so reaches whoever reads it
  pipeline(Readable.from(bytes), unzip, () => undefined);
  return unzip;
}
