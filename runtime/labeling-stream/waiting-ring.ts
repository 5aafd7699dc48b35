import { StreamStore } from './ports';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { ObjectId, parseObjectId } from '../../src/model/stream/object-id';

export interface WaitingObject {
  readonly id: string;
  readonly of: ObjectId;
  /** Somebody has to look whether it is one too many. */
  readonly isAgain: boolean;
  readonly since: number;
}

/** All that waits, once round from where the last pass ended: keys sort by their digests, and without this the last ones could wait for ever. */
export async function* waitingRing(store: StreamStore, cursor: string | undefined): AsyncIterable<WaitingObject> {
  const start = cursor === undefined ? undefined : `${STREAM_KEYS.waiting}${cursor}`;
  yield* waitingObjects(store.list(STREAM_KEYS.waiting, start));
  if (start === undefined) return;
  for await (const object of waitingObjects(store.list(STREAM_KEYS.waiting))) {
    if (`${STREAM_KEYS.waiting}${object.id}` > start) return;
    yield object;
  }
}

async function* waitingObjects(marks: ReturnType<StreamStore['list']>): AsyncIterable<WaitingObject> {
  for await (const { key, size, modifiedAt } of marks) {
    const id = key.slice(STREAM_KEYS.waiting.length);
    const of = parseObjectId(id);
    if (of) yield { id, of, isAgain: size > 0, since: modifiedAt };
  }
}
