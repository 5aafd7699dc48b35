import type { DatasetPorts, DatasetRequest } from './interface';
import { scanPrefix } from './prefix-scan';
import { DatasetRecord, datasetOfPrefix, folderOf, PrefixSource, RecordedDataset, withDataset, writeRecord } from './record';
import { knownKeys, mergedLines } from './sorted-keys';
import { concatenated, writeParts } from './write-parts';
import type { DatasetPart } from '../../../src/groundtruth/private/job-fleet-contract';
import { canonicalJson } from '../../../src/model/groundtruth/identity';
import { UserError } from '../../shared/errors';
import { under } from '../../shared/s3-uri';

/** Parts of what lies under a prefix: of the first listing for good, or with increments of whatever came since. */
export async function prefixParts(
  source: PrefixSource, record: DatasetRecord, request: DatasetRequest, ports: DatasetPorts, isTimeOver: () => boolean,
): Promise<readonly DatasetPart[] | undefined> {
  const { dataset, recordUri } = request;
  if (dataset.sourceKey === 'source') throw new UserError('dataset: a prefix gives lines with \'source-ref\', the task type takes \'source\': give a manifest');
  const former = datasetOfPrefix(record, source);
  if (former && source.growth === 'SNAPSHOT') return former.parts;

  const scan = await scanPrefix(source, record, request, former ? () => knownKeys(former, source.bucket, ports) : nothing, ports, isTimeOver);
  if (scan === undefined) return undefined;
  const objects = scan.segments.reduce((sum, segment) => sum + segment.objects, 0);
  if (objects === 0 && former === undefined && source.growth === 'SNAPSHOT') throw new UserError(noObjects(source));
  if (objects === 0) return former?.parts ?? [];

  const segments = scan.segments.map(({ uri }) => uri);
  const identity = canonicalJson(scan.segments.map(({ digest }) => digest));
  const added = await writeParts({ objects, identity, lines: concatenated(segments, ports) }, dataset, former?.parts.length ?? 0, ports, isTimeOver);
  if (added === undefined) return undefined;
  const parts = [...former?.parts ?? [], ...added];
  const known = former && former.parts.length > 0 ? await writeKnown(former, parts.length, segments, source, recordUri, ports) : undefined;
  await writeRecord(recordUri, withDataset(record, former, { source: former?.source ?? recordedSource(source), known, parts }), ports);
  // nothing refers to these any more; left behind by a crash they go with the fleet
  for (const uri of [...segments, ...(former?.known ? [former.known] : [])]) await ports.remove(uri);
  return parts;
}

/** The increments are each sorted by themselves only: one file has the order of them all. */
async function writeKnown(
  former: RecordedDataset, parts: number, segments: readonly string[], { bucket }: PrefixSource, recordUri: string, ports: DatasetPorts,
): Promise<string> {
  const uri = under(folderOf(recordUri), `known-${parts}.jsonl`);
  await ports.writeLines(uri, mergedLines(former.known ? [former.known] : former.parts.map((part) => part.uri), segments, bucket, ports));
  return uri;
}

function recordedSource({ bucket, prefix, suffixes = [] }: PrefixSource): RecordedDataset['source'] {
  return { kind: 'prefix', bucket, prefix, suffixes: [...suffixes].sort() };
}

function noObjects({ bucket, prefix, suffixes = [] }: PrefixSource): string {
  const ending = suffixes.length > 0 ? ` that ends in ${suffixes.join(' or ')}` : '';
  return `dataset: under s3://${bucket}/${prefix} there is no object${ending} that is not empty: upload the data first, or choose increments`;
}

async function* nothing(): AsyncIterable<string> {}
