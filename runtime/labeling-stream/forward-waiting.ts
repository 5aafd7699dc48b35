import { ForwardRun } from './forward-run';
import { OpenObjects } from './open-objects';
import { Publication } from './ports';
import { publishAll } from './publishing';
import { WaitingObject, waitingRing } from './waiting-ring';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { parseObjectId } from '../../src/model/stream/object-id';
import { readStoredRecord, StoredRecord } from '../../src/model/stream/stored-record';
import { forwardedLine } from '../../src/model/stream/stream-record';
import { mapBounded } from '../shared/bounded';
import { logError } from '../shared/log';

const AT_ONCE = 50;
const CHUNK = 200;

/** What the pass has seen of what waits. */
export interface WaitingView {
  /** Marks that were seen and are still there. */
  readonly seen: number;
  /** When the oldest of them was written. */
  readonly oldest?: number;
  /** Whether that is all of them. */
  readonly isAll: boolean;
}

/** Goes once round what waits: opens and publishes as much as there is room for, and counts on as far as it is worth it. */
export async function forwardWaiting(run: ForwardRun, open: OpenObjects | undefined, room: number, countUpTo: number): Promise<WaitingView> {
  const { lease, ports: { store } } = run;
  let left = room;
  let seen = 0;
  let spent = 0;
  let oldest: number | undefined;
  let cursor = lease.state.cursor;
  let chunk: WaitingObject[] = [];
  const flush = async (): Promise<void> => {
    const done = await forwardChunk(run, open!, chunk);
    left -= done.opened;
    spent += done.spent;
    cursor = chunk.at(-1)?.id ?? cursor;
    chunk = [];
  };
  let isAll = true;
  for await (const object of waitingRing(store, cursor)) {
    if (run.isTimeOver || (chunk.length >= left && seen >= countUpTo)) {
      isAll = false;
      break;
    }
    seen += 1;
    oldest = Math.min(oldest ?? Infinity, object.since);
    if (open === undefined || chunk.length >= left) continue;
    chunk.push(object);
    if (chunk.length === Math.min(left, CHUNK)) await flush();
  }
  if (chunk.length > 0) await flush();
  lease.note({ cursor });
  return { seen: seen - spent, oldest, isAll };
}

interface ChunkResult {
  /** What takes room now. */
  readonly opened: number;
  /** Marks that are gone. */
  readonly spent: number;
}

/** `open/`, publish, delete `waiting/`: a crash anywhere between is mended by the next pass. */
async function forwardChunk(run: ForwardRun, open: OpenObjects, chunk: readonly WaitingObject[]): Promise<ChunkResult> {
  const before = open.size;
  const prepared = await mapBounded(chunk, AT_ONCE, (object) => prepare(run, open, object));
  const published = await publish(run, prepared.filter((one) => typeof one === 'object'));
  const needless = chunk.filter((_, index) => prepared[index] === 'needless').map(({ id }) => id);
  await removeWaiting(run, needless);
  return { opened: open.size - before, spent: published + needless.length };
}

/** Publishes what is open, and deletes its waiting marks. Answers with how many it were. */
export async function publish(run: ForwardRun, publications: readonly Publication[]): Promise<number> {
  const { ports, lease } = run;
  const published = await publishAll(publications, ports.topic, ports.sleep);
  if (published.size < publications.length) run.isSettled = false;
  if (published.size === 0) return 0;
  run.forwarded += published.size;
  await removeWaiting(run, [...published]);
  lease.note({ lastForwardedAt: ports.now() });
  return published.size;
}

async function prepare(run: ForwardRun, open: OpenObjects, object: WaitingObject): Promise<Publication | 'needless' | 'not now'> {
  const verdict = open.has(object.id) ? 'open' : object.isAgain ? await lookAgain(run, open, object) : 'open';
  return verdict === 'open' ? openObject(run, open, object.id) : verdict;
}

/** Only the newest attempt of an object without label goes on. The order counts: what is open becomes waiting or done, never the other way. */
async function lookAgain({ ports: { store } }: ForwardRun, open: OpenObjects, { of }: WaitingObject): Promise<'open' | 'needless' | 'not now'> {
  const attempts = [...open.attemptsOf(of.digest)];
  if (attempts.some((attempt) => attempt > of.attempt)) return 'needless';
  // its failure is being written down
  if (attempts.length > 0) return 'not now';
  for await (const { key } of store.list(`${STREAM_KEYS.waiting}${of.digest}`)) {
    if ((parseObjectId(key.slice(STREAM_KEYS.waiting.length))?.attempt ?? 0) > of.attempt) return 'needless';
  }
  const [isDone, hasFailed] = await Promise.all([store.exists(`${STREAM_KEYS.done}${of.digest}`), store.exists(`${STREAM_KEYS.failed}${of.digest}`)]);
  return isDone || hasFailed ? 'needless' : 'open';
}

/** Marks an object as open, where it is not, and makes what is published of it. */
export async function openObject(run: ForwardRun, open: OpenObjects, id: string): Promise<Publication | 'not now'> {
  const { ports: { store, now }, configuration: { stream } } = run;
  const stored = await readRecord(run, parseObjectId(id)!.digest);
  if (!stored) return 'not now';
  const { key, line, receivedAt } = stored;
  const forwardedAt = now();
  if (!open.has(id)) {
    await store.create(open.key(id), JSON.stringify({ forwardedAt }));
    open.add(id, forwardedAt);
  }
  const { job: labelingJobName, labelAttributeName } = open;
  return { id, message: forwardedLine(line, id, { stream, key, receivedAt, forwardedAt, labelingJobName, labelAttributeName }) };
}

/** One record that cannot be read must not stand in the way of all others. */
export async function readRecord({ ports: { store } }: ForwardRun, digest: string): Promise<StoredRecord | undefined> {
  const stored = await store.read(`${STREAM_KEYS.intake}${digest}`);
  try {
    if (stored) return readStoredRecord(stored.text);
    throw new Error('it is not there: somebody has deleted it');
  } catch (error) {
    logError(`the record of ${digest} cannot be read, so that it goes on waiting`, error);
    return undefined;
  }
}

async function removeWaiting({ ports: { store } }: ForwardRun, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await store.remove(ids.map((id) => `${STREAM_KEYS.waiting}${id}`));
}
