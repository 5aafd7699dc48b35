import { messageLines } from './message-lines';
import { QueuedMessage, StreamPorts } from './ports';
import { mapBounded } from '../../shared/bounded';
import { log } from '../../shared/log';

/** What must be left of an invocation's time for another part. */
const LEAST_TIME_MS = 45_000;
const RECEIVERS = 10;
/** Of one part, all in memory: SQS gives at most 256 KiB a message. */
const PART_MESSAGES = 500;
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Saves what a queue still holds, part by part: received, written, deleted. Whoever dies in between leaves the messages in the queue or saves
 * them twice, and then under the same ids. `pending`: something may still be there that cannot be received now.
 */
export async function saveMessages(jobName: string, labelAttribute: string, ports: StreamPorts, place: () => Promise<string>): Promise<'empty' | 'pending'> {
  while (ports.remaining() > LEAST_TIME_MS) {
    const messages = await receivePart(jobName, ports);
    if (messages.length === 0) return await ports.queues.depth(jobName) === 0 ? 'empty' : 'pending';
    const to = await place();
    await ports.objects.writeLines(`${to}${messages[0].id}.jsonl`, linesOf(messages, labelAttribute));
    await ports.queues.delete(jobName, messages);
    log('messages saved from the queue of an ended labeling job', { name: jobName, messages: messages.length, to });
  }
  return 'pending';
}

async function* linesOf(messages: readonly QueuedMessage[], labelAttribute: string): AsyncIterable<string> {
  for (const message of messages) yield* messageLines(message, labelAttribute);
}

async function receivePart(jobName: string, { queues }: StreamPorts): Promise<QueuedMessage[]> {
  const part: QueuedMessage[] = [];
  let bytes = 0;
  while (part.length < PART_MESSAGES && bytes < PART_BYTES) {
    // the first alone: most queues are empty
    const received = await mapBounded(Array.from({ length: part.length === 0 ? 1 : RECEIVERS }), RECEIVERS, () => queues.receive(jobName));
    const messages = received.flat();
    if (messages.length === 0) break;
    part.push(...messages);
    bytes += messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  }
  return part;
}
