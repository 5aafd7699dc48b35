import { Publication, Topic } from './ports';
import { mapBounded } from '../shared/bounded';
import { errorMessage } from '../shared/errors';
import { log } from '../shared/log';

/** SNS: messages of a call, and their bytes together. */
const PUBLISHED_AT_ONCE = 10;
const LARGEST_CALL = 262_144;
const CALLS_AT_ONCE = 5;
const TRIES = 4;
const PAUSE_MS = 250;

/** Publishes all it can; answers with the ids of what the topic has taken. */
export async function publishAll(
  publications: readonly Publication[], topic: Topic, sleep: (milliseconds: number) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const published = new Set<string>();
  let left = publications;
  for (let attempt = 1; left.length > 0 && attempt <= TRIES; attempt++) {
    if (attempt > 1) await sleep(PAUSE_MS * 2 ** attempt);
    await mapBounded(batchesOf(left), CALLS_AT_ONCE, async (batch) => {
      const failed = await topic.publish(batch).catch((error) => new Map(batch.map(({ id }) => [id, errorMessage(error)])));
      batch.forEach(({ id }) => failed.has(id) || published.add(id));
      if (failed.size > 0) log('the topic did not take everything', { messages: failed.size, reason: [...failed.values()][0] });
    });
    left = left.filter(({ id }) => !published.has(id));
  }
  return published;
}

function batchesOf(publications: readonly Publication[]): Publication[][] {
  const batches: Publication[][] = [];
  let bytes = Infinity;
  for (const publication of publications) {
    const size = Buffer.byteLength(publication.message);
    if (bytes + size > LARGEST_CALL || batches[batches.length - 1].length === PUBLISHED_AT_ONCE) {
      batches.push([]);
      bytes = 0;
    }
    batches[batches.length - 1].push(publication);
    bytes += size;
  }
  return batches;
}
