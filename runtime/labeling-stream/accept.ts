import { AcceptPorts } from './ports';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { storedRecord } from '../../src/model/stream/stored-record';
import { StreamRecord } from '../../src/model/stream/stream-record';
import { log } from '../shared/log';

/** A waiting mark with this content may be one too many: whoever opens its object looks first. An empty one is known to be the first. */
export const AGAIN = 'again';

/** `waiting`: it came before, and waits still. */
export type Acceptance = 'new' | 'waiting' | 'known';

/**
 * Stores a record, and marks it as waiting. Both may have happened before: the record is what tells duplicates, and a mark that a crash has
 * left out is made up for.
 */
export async function acceptRecord(record: StreamRecord, from: string, { store, now }: AcceptPorts): Promise<Acceptance> {
  const { digest } = record;
  const waiting = `${STREAM_KEYS.waiting}${digest}`;
  if (!await store.create(`${STREAM_KEYS.intake}${digest}`, storedRecord(record, now(), from))) return acceptAgain(digest, waiting, { store });
  try {
    await store.putOnce(waiting, '');
  } catch (error) {
    // it may stand, and the object be forwarded already
    log('a waiting mark is written again', { digest, reason: String(error) });
    await store.put(waiting, AGAIN);
  }
  return 'new';
}

async function acceptAgain(digest: string, waiting: string, { store }: Pick<AcceptPorts, 'store'>): Promise<Acceptance> {
  const [isWaiting, isDone, hasFailed] = await Promise.all([
    store.exists(waiting), store.exists(`${STREAM_KEYS.done}${digest}`), store.exists(`${STREAM_KEYS.failed}${digest}`),
  ]);
  if (isWaiting) return 'waiting';
  if (isDone || hasFailed) return 'known';
  // it is open, or a crash came between the record and its mark: the forwarder sees which
  await store.put(waiting, AGAIN);
  return 'waiting';
}
