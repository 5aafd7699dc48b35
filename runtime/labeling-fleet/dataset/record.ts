import type { DatasetPorts } from './interface';
import type { DatasetPart, DatasetSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import { under } from '../../shared/s3-uri';

const RECORD_FORMAT = 1;

/**
 * All datasets that a fleet ever had, with their parts. Stored as JSON Lines: a line for the record, then for each dataset its own line
 * and its parts. What stands here is only ever added to: a return to a former dataset finds its parts, and labels nothing again.
 */
export interface DatasetRecord {
  readonly datasets: readonly RecordedDataset[];
  /** A listing of a prefix that is not at its end. */
  readonly scan?: Scan;
}

export interface RecordedDataset extends RecordedSource {
  readonly parts: readonly DatasetPart[];
}

export interface RecordedSource {
  readonly source: { readonly kind: 'manifest' } | { readonly kind: 'prefix'; readonly bucket: string; readonly prefix: string; readonly suffixes: readonly string[] };
  /** Versions of a manifest that were read, and how many of the parts each has: one that is known is not read again. */
  readonly versions?: readonly ManifestVersion[];
  /** All lines of the parts in the order of their keys, where the parts alone do not have it: a prefix that has grown. */
  readonly known?: string;
}

export interface ManifestVersion {
  /** Digest or URI, as declared. */
  readonly identity: string;
  /** Of the object that stood at the URI. */
  readonly etag?: string;
  readonly parts: number;
}

/** New lines of a prefix, listed in as many goes as their number takes. */
export interface Scan {
  /** What was listed, by what rules, as text: another listing begins anew. */
  readonly of: string;
  readonly segments: readonly Segment[];
  /** The listing goes on after this key; absent when it is at its end. */
  readonly after?: string;
}

export interface Segment {
  readonly uri: string;
  readonly objects: number;
  readonly digest: string;
}

export type PrefixSource = Extract<DatasetSpec['source'], { kind: 'prefix' }>;

export async function readRecord(uri: string, ports: DatasetPorts): Promise<DatasetRecord> {
  const etag = await ports.version(uri);
  if (etag === undefined) return { datasets: [] };
  let scan: Scan | undefined;
  const datasets: Array<RecordedSource & { readonly parts: DatasetPart[] }> = [];
  for await (const line of ports.lines(uri, etag)) {
    const value = JSON.parse(line);
    if ('format' in value) {
      if (value.format !== RECORD_FORMAT) throw new Error(`${uri} has format ${value.format}: a newer release of the library wrote it, deploy with that one`);
      scan = value.scan && { ...value.scan, segments: value.scan.segments.map((segment: Segment) => ({ ...segment, uri: here(segment.uri, uri) })) };
    } else if ('source' in value) {datasets.push({ ...value, ...(value.known && { known: here(value.known, uri) }), parts: [] });} else {datasets.at(-1)!.parts.push(value);}
  }
  return { datasets, scan };
}

/** What lies beside the record has moved with it, where the state bucket was changed. */
function here(uri: string, recordUri: string): string {
  return under(folderOf(recordUri), uri.slice(uri.lastIndexOf('/') + 1));
}

export async function writeRecord(uri: string, record: DatasetRecord, ports: DatasetPorts): Promise<void> {
  await ports.writeLines(uri, recordLines(record));
}

async function* recordLines({ datasets, scan }: DatasetRecord): AsyncIterable<string> {
  yield JSON.stringify({ format: RECORD_FORMAT, scan });
  for (const { parts, ...dataset } of datasets) {
    yield JSON.stringify(dataset);
    for (const part of parts) yield JSON.stringify(part);
  }
}

/**
 * The recorded dataset of a prefix. A snapshot is one of what its suffixes select; with increments other suffixes select more or less of
 * what comes, and what was labeled stays.
 */
export function datasetOfPrefix({ datasets }: DatasetRecord, { bucket, prefix, suffixes = [], growth }: PrefixSource): RecordedDataset | undefined {
  const wanted = JSON.stringify([...suffixes].sort());
  const candidates = datasets.filter(({ source }) => source.kind === 'prefix' && source.bucket === bucket && source.prefix === prefix);
  const same = candidates.find(({ source }) => source.kind === 'prefix' && JSON.stringify(source.suffixes) === wanted);
  return same ?? (growth === 'INCREMENTS' ? candidates.at(-1) : undefined);
}

/** What is needed to know of a prefix between two runs. */
export function folderOf(recordUri: string): string {
  return under(recordUri.slice(0, recordUri.lastIndexOf('/')), 'dataset');
}

/** Puts a dataset in the place of its former version, or behind the others. */
export function withDataset(record: DatasetRecord, former: RecordedDataset | undefined, dataset: RecordedDataset): DatasetRecord {
  const datasets = former ? record.datasets.map((each) => (each === former ? dataset : each)) : [...record.datasets, dataset];
  return { datasets };
}
