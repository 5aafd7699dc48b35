import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { columnsOf, tasksOfRows } from './csv-manifest';
import { csvRows } from './csv-rows';
import { findObject, type FoundObject, readText } from './read-object';
import type { EngineCore } from '../../core/engine';
import type { Caller } from '../../core/service';
import { invalidManifest } from '../job-failure';
import type { Task } from '../task';

interface InventoryManifest {
  readonly sourceBucket: string;
  readonly destinationBucket: string;
  readonly fileFormat: string;
  readonly fileSchema: string;
  readonly files: ReadonlyArray<{ readonly key: string; readonly MD5checksum?: string }>;
}

/** Tasks of an inventory report: its manifest.json names the compressed files and their columns. */
export async function* inventoryTasks(core: EngineCore, caller: Caller, object: FoundObject): AsyncGenerator<Task> {
  const manifest = parseManifest(await readText(object));
  const fields = manifest.fileSchema.split(',').map((field) => field.trim());
  const columns = { ...columnsOf(fields as Parameters<typeof columnsOf>[0]), count: fields.length };
  const bucket = manifest.destinationBucket.replace(/^arn:[^:]+:s3:::/, '');
  for (const { key, MD5checksum } of manifest.files) {
    const file = await findObject(core, caller, { bucket, key });
    yield* tasksOfRows(csvRows(unzipped(checked(file, key, MD5checksum))), columns);
  }
}

function parseManifest(text: string): InventoryManifest {
  let manifest: Partial<InventoryManifest>;
  try {
    manifest = JSON.parse(text) as Partial<InventoryManifest>;
  } catch {
    throw invalidManifest('the inventory\'s manifest.json is not JSON');
  }
  if (manifest.fileFormat !== 'CSV') throw invalidManifest(`an inventory report must be in CSV format, not ${String(manifest.fileFormat)}`);
  for (const member of ['destinationBucket', 'fileSchema', 'files'] as const) {
    if (!manifest[member]) throw invalidManifest(`the inventory's manifest.json has no ${member}`);
  }
  return manifest as InventoryManifest;
}

async function* checked(file: FoundObject, key: string, expected: string | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('md5');
  for await (const piece of file.pieces()) {
    hash.update(piece);
    yield piece;
  }
  if (expected !== undefined && hash.digest('hex') !== expected) throw invalidManifest(`the MD5 checksum of ${key} is not the manifest's`);
}

async function* unzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(pieces);
  // a failing source ends the reading of what comes out
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) yield piece as Buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw invalidManifest('an inventory file is not compressed by gzip');
    throw error;
  }
}
