import type { DatasetPorts, DatasetRequest } from './interface';
import { DatasetRecord, folderOf, PrefixSource, Scan, Segment, writeRecord } from './record';
import { without } from './sorted-keys';
import { DataObjectRules, isDataObject } from '../../../src/model/dataset/data-objects';
import { LineDigest } from '../../../src/model/dataset/line-digest';
import { canonicalJson } from '../../../src/model/groundtruth/identity';
import { manifestLine } from '../../../src/model/groundtruth/manifest';
import { UserError } from '../../shared/errors';
import type { ListedObject } from '../../shared/s3-listing';
import { parseS3Uri } from '../../shared/s3-uri';

/** So many keys are looked at, however little time there is: every go gets further. */
const LEAST_KEYS = 1000;

/**
 * Lists a prefix and writes lines for what is not known yet, a file for each go. What was listed is recorded after each, and a finished
 * listing stands until its parts are made: a run that goes on sees what its forerunner saw. `undefined` when the time is over.
 */
export async function scanPrefix(
  source: PrefixSource, record: DatasetRecord, { dataset, recordUri, excluded }: DatasetRequest, known: () => AsyncIterable<string>,
  ports: DatasetPorts, isTimeOver: () => boolean,
): Promise<Scan | undefined> {
  const { bucket, prefix, suffixes = [] } = source;
  const rules = { suffixes, excludedKeys: excludedKeys(source, [...excluded, `${dataset.partsUri.replace(/\/+$/, '')}/`, folderOf(recordUri)]) };
  const of = canonicalJson({ bucket, prefix, ...rules, datasets: record.datasets.map(({ parts }) => parts.length) });
  const former: Scan = record.scan?.of === of ? record.scan : { of, segments: [], after: '' };
  if (former.after === undefined) return former;

  const listing = new Listing(ports.list(bucket, prefix, former.after === '' ? undefined : former.after), rules, isTimeOver);
  const uri = `${folderOf(recordUri)}/scan-${former.segments.length + 1}.jsonl`;
  const segment = await writeSegment(uri, bucket, without(listing.objects(), known()), ports);
  const scan: Scan = { of, segments: [...former.segments, ...(segment ? [segment] : [])], after: listing.stoppedAfter };
  // an end without anything new needs no memory
  if (scan.segments.length > 0 || scan.after !== undefined) await writeRecord(recordUri, { ...record, scan }, ports);
  return scan.after === undefined ? scan : undefined;
}

/** Data objects of a listing, as far as the time goes. */
class Listing {
  /** After the last object: the key after which the listing goes on, `undefined` at its end. */
  stoppedAfter?: string;
  private seen = 0;

  constructor(private readonly listed: AsyncIterable<ListedObject>, private readonly rules: DataObjectRules, private readonly isTimeOver: () => boolean) {}

  async* objects(): AsyncIterable<ListedObject> {
    for await (const object of this.listed) {
      if (isDataObject(object, this.rules)) yield object;
      if (++this.seen % LEAST_KEYS === 0 && this.isTimeOver()) {
        this.stoppedAfter = object.key;
        return;
      }
    }
  }
}

async function writeSegment(uri: string, bucket: string, objects: AsyncIterable<ListedObject>, ports: DatasetPorts): Promise<Segment | undefined> {
  const digest = new LineDigest();
  const rest = objects[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done) return undefined;
  await ports.writeLines(uri, async function* () {
    for (let at: IteratorResult<ListedObject> = first; !at.done; at = await rest.next()) {
      const line = manifestLine({ 'source-ref': `s3://${bucket}/${at.value.key}` });
      digest.add(line);
      yield line;
    }
  }());
  return { uri, objects: digest.lines, digest: digest.value };
}

function excludedKeys({ bucket, prefix }: PrefixSource, uris: readonly string[]): string[] {
  const keys = uris.map(parseS3Uri).filter((location) => location.bucket === bucket).map(({ key }) => key);
  const all = keys.find((key) => prefix.startsWith(key));
  if (all !== undefined) throw new UserError(`dataset: the prefix s3://${bucket}/${prefix} lies in s3://${bucket}/${all}, where results go: choose another place for one of them`);
  return keys;
}
