import { AcceptPorts } from './ports';
import { REFUSED_BODY, REFUSED_REASON, STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { sha256 } from '../../src/model/groundtruth/identity';
import { cutToBytes } from '../shared/errors';

/** SQS counts a message's body with its attributes. */
const LARGEST_MESSAGE = 262_144;
/** Of a reason; a record with thousands of bad members has a longer one. */
const LARGEST_REASON = 8_192;
/** A message takes the characters that XML takes. */
const NOT_IN_A_MESSAGE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Puts what is not taken into the dead-letter queue as it came, with the reason; what no message can hold stands in the store. */
export async function refuse(body: string, problems: readonly string[], { store, deadLetters }: Pick<AcceptPorts, 'store' | 'deadLetters'>): Promise<void> {
  const reason = reasonOf(problems);
  // a line of a seed may hold anything
  if (body.search(NOT_IN_A_MESSAGE) < 0 && bytesOf(body) + bytesOf(REFUSED_REASON) + bytesOf('String') + bytesOf(reason) <= LARGEST_MESSAGE) {
    return deadLetters.send(body, { attributes: { [REFUSED_REASON]: reason } });
  }
  const key = `${STREAM_KEYS.refused}${sha256(body)}`;
  await store.put(key, body);
  await deadLetters.send(store.uri(key), { attributes: { [REFUSED_REASON]: reason, [REFUSED_BODY]: store.uri(key) } });
}

function reasonOf(problems: readonly string[]): string {
  return cutToBytes(problems.join('; ').toWellFormed().replace(NOT_IN_A_MESSAGE, '?'), LARGEST_REASON);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
