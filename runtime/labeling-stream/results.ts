import { AGAIN } from './accept';
import { ResultPorts, StreamEvent } from './ports';
import {
  OBJECT_FAILED, OBJECT_LABELED, ObjectFailedDetail, ObjectLabeledDetail, STREAM_EVENT_SOURCE, STREAM_KEYS,
} from '../../src/groundtruth/private/labeling-stream-contract';
import { allObjectIds, objectId } from '../../src/model/stream/object-id';
import { StreamOutput } from '../../src/model/stream/output-line';
import { mapBounded } from '../shared/bounded';
import { errorMessage } from '../shared/errors';
import { logError } from '../shared/log';

const AT_ONCE = 50;
const EVENTS_AT_ONCE = 10;
/** EventBridge: bytes of a call's entries, counted with their source and type. */
const LARGEST_CALL = 262_144;

export interface ResultRules {
  readonly stream: string;
  readonly maxAttempts: number;
}

/** What a job said, in the end, about an object: it has its label, or this attempt has failed. */
export interface Result {
  readonly output: Pick<StreamOutput, 'id' | 'of' | 'object' | 'jobNames' | 'labelAttributeName' | 'record'>;
  /** Why there is no label. */
  readonly failure?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface TakenResults {
  /** Those that could not be taken: they have to come again. */
  readonly failed: ReadonlySet<Result>;
  /** For the first time. */
  readonly labeled: readonly Result[];
  readonly attemptsFailed: readonly Result[];
}

/** In this order: the event, the mark that lasts, then the marks of the way there are deleted. Each may be repeated. */
export async function takeResults(results: readonly Result[], rules: ResultRules, ports: ResultPorts): Promise<TakenResults> {
  const failed = new Set<Result>();
  const passed = await emit(results, rules, ports, failed);
  const marked = (await mapBounded(passed, AT_ONCE, async (result) => {
    try {
      return { result, isFirst: await mark(result, rules, ports) };
    } catch (error) {
      logError('a result was not written down and comes again', error);
      failed.add(result);
      return undefined;
    }
  })).filter((one) => one !== undefined);
  const firsts = await clear(marked, rules, ports, failed);
  return {
    failed,
    labeled: firsts.filter(({ failure }) => failure === undefined),
    attemptsFailed: firsts.filter(({ failure }) => failure !== undefined),
  };
}

/** Answers with those whose event the bus has taken. */
async function emit(results: readonly Result[], rules: ResultRules, ports: ResultPorts, failed: Set<Result>): Promise<Result[]> {
  const passed: Result[] = [];
  await mapBounded(batchesOf(results.map((result) => ({ result, event: eventOf(result, rules) }))), AT_ONCE, async (batch) => {
    const errors = await ports.events.put(batch.map(({ event }) => event)).catch((error) => batch.map(() => errorMessage(error)));
    batch.forEach(({ result }, index) => {
      if (errors[index] === undefined) passed.push(result);
      else failed.add(result);
    });
    const reason = errors.find((error) => error !== undefined);
    if (reason !== undefined) logError('events were not taken and come again', new Error(reason));
  });
  return passed;
}

interface Pending {
  readonly result: Result;
  readonly event: StreamEvent;
}

function batchesOf(all: readonly Pending[]): Pending[][] {
  const batches: Pending[][] = [];
  let bytes = Infinity;
  for (const pending of all) {
    const size = bytesOf(pending.event);
    if (bytes + size > LARGEST_CALL || batches[batches.length - 1].length === EVENTS_AT_ONCE) {
      batches.push([]);
      bytes = 0;
    }
    batches[batches.length - 1].push(pending);
    bytes += size;
  }
  return batches;
}

function eventOf({ output, failure, at }: Result, { stream, maxAttempts }: ResultRules): StreamEvent {
  const { of, object, labelAttributeName, record } = output;
  const common = { stream, key: object.key ?? of.digest, labelingJobName: object.labelingJobName, labelAttributeName };
  const detail: ObjectLabeledDetail | ObjectFailedDetail = failure === undefined
    ? { ...common, latencyMs: Math.max(0, at - object.receivedAt), record }
    : { ...common, reason: failure, attempt: of.attempt, last: of.attempt >= maxAttempts, record };
  const event = { type: failure === undefined ? OBJECT_LABELED : OBJECT_FAILED, detail: JSON.stringify(detail), time: at };
  return bytesOf(event) <= LARGEST_CALL ? event : { ...event, detail: JSON.stringify({ ...detail, record: undefined }) };
}

/** As EventBridge counts: 14 bytes for the time. */
function bytesOf({ type, detail }: StreamEvent): number {
  return 14 + Buffer.byteLength(STREAM_EVENT_SOURCE) + Buffer.byteLength(type) + Buffer.byteLength(detail);
}

/** Whether it is the first of its kind. */
async function mark({ output: { of, object }, failure, at }: Result, { maxAttempts }: ResultRules, { store }: ResultPorts): Promise<boolean> {
  const fact = { job: object.labelingJobName, at, attempt: of.attempt };
  if (failure === undefined) return store.create(`${STREAM_KEYS.done}${of.digest}`, JSON.stringify(fact));
  if (of.attempt >= maxAttempts) return store.create(`${STREAM_KEYS.failed}${of.digest}`, JSON.stringify({ ...fact, reason: failure }));
  await store.put(`${STREAM_KEYS.waiting}${objectId({ ...of, attempt: of.attempt + 1 })}`, AGAIN);
  return true;
}

/** Answers with the first ones of those that are cleared. */
async function clear(
  marked: ReadonlyArray<{ readonly result: Result; readonly isFirst: boolean }>, { maxAttempts }: ResultRules, { store }: ResultPorts, failed: Set<Result>,
): Promise<Result[]> {
  if (marked.length === 0) return [];
  try {
    await store.remove([...new Set(marked.flatMap(({ result }) => spentMarks(result, maxAttempts)))]);
    return marked.filter(({ isFirst }) => isFirst).map(({ result }) => result);
  } catch (error) {
    logError('marks of results were not removed: the results come again', error);
    marked.forEach(({ result }) => failed.add(result));
    return [];
  }
}

/** A label makes every further attempt needless; a failure is about its own. */
function spentMarks({ output: { id, of, jobNames }, failure }: Result, maxAttempts: number): string[] {
  const waiting = failure === undefined ? allObjectIds(of.digest, Math.max(of.attempt, maxAttempts)) : [id];
  return [
    ...jobNames.map((job) => `${STREAM_KEYS.open}${job}/${id}`),
    ...waiting.map((one) => `${STREAM_KEYS.waiting}${one}`),
    ...failure === undefined ? [`${STREAM_KEYS.failed}${of.digest}`] : [],
  ];
}
