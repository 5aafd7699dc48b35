import { isRecord, parseJson, UNREADABLE, withId } from './message-lines';
import { log } from '../../shared/log';
import { Objects } from '../../shared/ports';

/** What a streaming job left, of which nobody but it knew. */
export interface LeftBehind {
  /** Its output manifest, or what it has read itself. */
  readonly manifest?: string;
  /** Where the messages of its queue stand. */
  readonly messages?: string;
}

/** What the next generation reads first: the lines without a label, and the messages that its predecessor never took. */
export async function* seedLines({ manifest, messages }: LeftBehind, labelAttribute: string, objects: Objects): AsyncGenerator<string> {
  if (manifest !== undefined) yield* unlabeled(objects.lines(manifest), labelAttribute);
  if (messages === undefined) return;
  for await (const part of objects.allUnder(messages)) yield* readable(objects.lines(part), part);
}

/** Ids that the service made are named as ids, so that an object which also lies among the messages counts once. */
async function* unlabeled(lines: AsyncIterable<string>, labelAttribute: string): AsyncGenerator<string> {
  for await (const line of lines) {
    const record = parseJson(line);
    // a line that was no object had failed, and in a manifest it would fail the job
    if (isRecord(record) && !Object.hasOwn(record, labelAttribute)) yield withId(line, record, undefined, labelAttribute);
  }
}

async function* readable(lines: AsyncIterable<string>, part: string): AsyncGenerator<string> {
  for await (const line of lines) {
    const record = parseJson(line);
    if (isRecord(record) && !Object.hasOwn(record, UNREADABLE)) yield line;
    else log('a message that is no data object is left where it was saved', { part });
  }
}

/** The same lines; `undefined` where there is none. */
export async function unlessEmpty(lines: AsyncGenerator<string>): Promise<AsyncIterable<string> | undefined> {
  const first = await lines.next();
  return first.done ? undefined : (async function* () {
    yield first.value;
    yield* lines;
  })();
}
