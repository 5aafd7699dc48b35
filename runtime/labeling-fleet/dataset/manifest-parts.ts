import type { DatasetPorts, DatasetRequest } from './interface';
import { DatasetRecord, ManifestVersion, RecordedDataset, withDataset, writeRecord } from './record';
import { writeParts } from './write-parts';
import type { DatasetPart, DatasetSpec } from '../../../src/groundtruth/private/job-fleet-contract';
import { LineDigest, PartFollower } from '../../../src/model/dataset/line-digest';
import { sourceLineProblems } from '../../../src/model/dataset/source-line';
import { UserError } from '../../shared/errors';

type ManifestSource = Extract<DatasetSpec['source'], { kind: 'manifest' }>;

const SHOWN_PROBLEMS = 3;

/** Parts of a manifest. One that begins with the lines of a recorded one continues it: what follows makes new parts. */
export async function manifestParts(
  { uri, identity }: ManifestSource, record: DatasetRecord, request: DatasetRequest, ports: DatasetPorts, isTimeOver: () => boolean,
): Promise<readonly DatasetPart[] | undefined> {
  const { dataset, recordUri } = request;
  const etag = await ports.version(uri);
  const known = knownVersion(record, identity, etag);
  if (known) return known;
  if (etag === undefined) throw new UserError(`dataset: the manifest ${uri} does not exist`);

  const datasets = record.datasets.filter(({ source }) => source.kind === 'manifest');
  const followers = datasets.map(({ parts }) => new PartFollower(parts));
  const whole = await readThrough(uri, etag, dataset.sourceKey, followers, ports);
  const { former, parts: kept, lines: keptLines } = longest(datasets, followers);
  const objects = whole.lines - keptLines;
  const batch = { objects, identity: `${whole.value} from ${keptLines}`, lines: skip(ports.lines(uri, etag), keptLines) };
  const added = objects === 0 ? [] : await writeParts(batch, dataset, kept.length, ports, isTimeOver);
  if (added === undefined) return undefined;

  const parts = [...kept, ...added];
  const version: ManifestVersion = { identity, etag, parts: parts.length };
  const all = former && former.parts.length > parts.length ? former.parts : parts;
  await writeRecord(recordUri, withDataset(record, former, {
    source: { kind: 'manifest' }, versions: [...(former?.versions ?? []).filter((each) => each.identity !== identity), version], parts: all,
  }), ports);
  return parts;
}

/** A manifest that was read before: by its content's digest, by its ETag, or because it is gone since and its parts have all of it. */
function knownVersion({ datasets }: DatasetRecord, identity: string, etag: string | undefined): readonly DatasetPart[] | undefined {
  const isContent = identity.startsWith('sha256:');
  for (const { versions = [], parts } of [...datasets].reverse()) {
    const version = versions.find((each) => each.identity === identity && (isContent || etag === undefined || each.etag === etag));
    if (version) return parts.slice(0, version.parts);
  }
  return undefined;
}

/** Checks every line before anything is written. */
async function readThrough(
  uri: string, etag: string, sourceKey: DatasetSpec['sourceKey'], followers: readonly PartFollower[], ports: DatasetPorts,
): Promise<LineDigest> {
  const whole = new LineDigest();
  const problems: string[] = [];
  for await (const line of ports.lines(uri, etag)) {
    whole.add(line);
    for (const follower of followers) follower.add(line);
    problems.push(...sourceLineProblems(line, sourceKey, whole.lines));
    if (problems.length > SHOWN_PROBLEMS) break;
  }
  if (whole.lines === 0) throw new UserError(`dataset: the manifest ${uri} is empty, give at least one line`);
  if (problems.length === 0) return whole;
  const more = problems.length > SHOWN_PROBLEMS ? '; and more' : '';
  throw new UserError(`dataset: in the manifest ${uri}, ${problems.slice(0, SHOWN_PROBLEMS).join('; ')}${more}`);
}

interface Continued {
  readonly former?: RecordedDataset;
  readonly parts: readonly DatasetPart[];
  readonly lines: number;
}

/** The recorded dataset of which the manifest has the most lines. */
function longest(datasets: readonly RecordedDataset[], followers: readonly PartFollower[]): Continued {
  let best: Continued = { parts: [], lines: 0 };
  datasets.forEach((former, index) => {
    const result = followers[index].result;
    if (result && result.lines > best.lines) best = { former, parts: former.parts.slice(0, result.parts), lines: result.lines };
  });
  return best;
}

async function* skip(lines: AsyncIterable<string>, count: number): AsyncIterable<string> {
  let left = count;
  for await (const line of lines) if (left-- <= 0) yield line;
}
