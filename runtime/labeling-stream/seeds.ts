import { acceptRecord } from './accept';
import { ForwardRun } from './forward-run';
import { refuse } from './refuse';
import type { StreamSeed } from '../../src/groundtruth/private/labeling-stream-contract';
import { isDataObject } from '../../src/model/dataset/data-objects';
import { manifestLine } from '../../src/model/groundtruth/manifest';
import { readRecord } from '../../src/model/stream/stream-record';
import { SeedProgress } from '../../src/model/stream/stream-state';
import { mapBounded } from '../shared/bounded';
import { errorName, UserError } from '../shared/errors';
import { log } from '../shared/log';

const AT_ONCE = 50;
const CHUNK = 500;
/** After so long the waiting objects have their turn again. */
const SLICE_MS = 20_000;

/** A record of a seed, where it stands, and how far the seed is read with it. */
interface SeedLine {
  readonly text: string;
  readonly from: string;
  readonly progress: Pick<SeedProgress, 'offset' | 'etag' | 'after'>;
}

const BEGIN: SeedProgress = { records: 0, refused: 0 };

/** Takes in what was there before the stream, each seed once and a slice at a time. Whether it has taken anything, or some is left. */
export async function readSeeds(run: ForwardRun): Promise<boolean> {
  const { configuration: { seeds }, lease, ports: { now } } = run;
  const until = now() + SLICE_MS;
  const isOver = () => now() >= until || run.isTimeOver;
  let hasTaken = false;
  for (const seed of seeds) {
    if (lease.state.seeds?.[seed.id]?.done) continue;
    if (isOver() || !await readSeed(run, seed, isOver)) return true;
    hasTaken = true;
  }
  return hasTaken;
}

/** Whether it is read to its end. */
async function readSeed(run: ForwardRun, seed: StreamSeed, isOver: () => boolean): Promise<boolean> {
  let progress = run.lease.state.seeds?.[seed.id] ?? BEGIN;
  const save = (next: SeedProgress) => run.lease.save({ seeds: { ...run.lease.state.seeds, [seed.id]: next } });
  try {
    let chunk: SeedLine[] = [];
    const flush = async (): Promise<void> => {
      progress = await takeChunk(run, chunk, progress);
      chunk = [];
      await save(progress);
    };
    for await (const line of linesOf(run, seed, progress)) {
      chunk.push(line);
      if (chunk.length < CHUNK) continue;
      await flush();
      if (isOver()) return false;
    }
    if (chunk.length > 0) await flush();
  } catch (error) {
    if (errorName(error) !== 'PreconditionFailed') throw error;
    log('a seed was changed while it was read: it is read from its beginning again', { seed: seed.id });
    await save(BEGIN);
    return false;
  }
  await save({ ...progress, done: true });
  log('a seed is read', { seed: seed.id, ...progress });
  return true;
}

async function takeChunk({ configuration, ports }: ForwardRun, chunk: readonly SeedLine[], progress: SeedProgress): Promise<SeedProgress> {
  const underWay = new Map<string, Promise<unknown>>();
  const refused = await mapBounded(chunk, AT_ONCE, async ({ text, from }) => {
    const record = readRecord(text, configuration);
    if ('problems' in record) {
      await refuse(text, record.problems.map((problem) => `${problem} (${from})`), ports);
      return 1;
    }
    const accepted = underWay.get(record.digest) ?? acceptRecord(record, from, ports);
    underWay.set(record.digest, accepted);
    await accepted;
    return 0;
  });
  const sum = refused.reduce<number>((a, b) => a + b, 0);
  return { ...progress, ...chunk.at(-1)!.progress, records: progress.records + chunk.length - sum, refused: progress.refused + sum };
}

function linesOf(run: ForwardRun, seed: StreamSeed, progress: SeedProgress): AsyncIterable<SeedLine> {
  return seed.kind === 'manifest' ? manifestLines(run, seed, progress) : listedObjects(run, seed, progress);
}

async function* manifestLines(
  { ports: { datasets } }: ForwardRun, { bucket, key }: Extract<StreamSeed, { kind: 'manifest' }>, { offset = 0, etag: former }: SeedProgress,
): AsyncIterable<SeedLine> {
  const uri = `s3://${bucket}/${key}`;
  const etag = former ?? await datasets.version(uri);
  if (etag === undefined) throw new UserError(`the stream's seed manifest ${uri} does not exist: write it, or take it out of the stream`);
  for await (const { text, end } of datasets.lines(uri, offset, etag)) {
    if (text.trim() !== '') yield { text, from: `${uri}, the line that ends at byte ${end}`, progress: { offset: end, etag } };
  }
}

async function* listedObjects(
  { ports: { datasets } }: ForwardRun, { bucket, prefix, suffix, exclude = [] }: Extract<StreamSeed, { kind: 'objects' }>, { after }: SeedProgress,
): AsyncIterable<SeedLine> {
  const rules = { suffixes: suffix === undefined ? [] : [suffix], excludedKeys: exclude };
  for await (const object of datasets.list(bucket, prefix, after)) {
    if (!isDataObject(object, rules)) continue;
    yield { text: manifestLine({ 'source-ref': `s3://${bucket}/${object.key}` }), from: `listed below s3://${bucket}/${prefix}`, progress: { after: object.key } };
  }
}
