import { effectOf } from './effects';
import { type FailedObject, type Outcome, PreparationFiles, type PreparedObject, sourceRef, type StepJobs } from './files';
import type { Ports } from './ports';
import type { LookEvent, PreparationAnswer, PreparationStep } from '../../src/s3batch/private/data-preparation-contract';
import { mapBounded } from '../shared/bounded';
import { log } from '../shared/log';

/** Restores take hours: so often it is looked whether they are done. */
const RESTORE_POLL_SECONDS = 15 * 60;
/** The slowest is documented with 48 hours. */
const LONGEST_RESTORE_MS = 72 * 3600_000;
const HEADS_AT_ONCE = 32;
const LEAST_TIME_MS = 60_000;
/** What S3 says of a restore of an object that is not archived, or is being restored already: a failure to S3, and none to a preparation. */
const NEEDS_NONE = /InvalidObjectState|RestoreAlreadyInProgress|not allowed for the object's current storage class/;

/** An object that cannot be read yet. */
interface WaitingObject {
  readonly object: PreparedObject;
  /** What S3 said against its restore. */
  readonly refusal?: string;
}

interface Sorted {
  readonly ready: PreparedObject[];
  readonly waiting: WaitingObject[];
  readonly failed: FailedObject[];
}

/**
 * The next step begins with what succeeded. A restore has then only begun, so its objects are waited for until they can be read; `outcomes` are there
 * for the first look alone.
 */
export async function endStep(
  { step }: LookEvent, attempt: StepJobs, outcomes: readonly Outcome[] | undefined, files: PreparationFiles, ports: Ports,
): Promise<PreparationAnswer> {
  const file = (name: keyof Sorted) => files.step(step.number, `${name}.jsonl`);
  const before = outcomes ? sort(step, outcomes)
    : { ready: await files.read<PreparedObject>(file('ready')), waiting: await files.read<WaitingObject>(file('waiting')), failed: await files.read<FailedObject>(file('failed')) };
  const { ready, waiting, failed } = await lookAtRestores(before, attempt.endedAt!, ports);
  await files.write(file('failed'), failed);
  const counts = { objects: ready.length, failed: failed.length };
  if (waiting.length > 0) {
    await files.write(file('ready'), ready);
    await files.write(file('waiting'), waiting);
  } else {
    // says that this step is over
    await files.write(files.objectsOf(step.number + 1), ready);
    log('step done', { step: step.number, kind: step.kind, ...counts });
  }
  // from now on the jobs are over, and only the objects are looked at
  await files.writeJobs(step.number, attempt);
  return waiting.length > 0 ? { next: 'again', waitSeconds: RESTORE_POLL_SECONDS, ...counts } : { next: 'done', ...counts };
}

function sort(step: PreparationStep, outcomes: readonly Outcome[]): Sorted {
  const sorted: Sorted = { ready: [], waiting: [], failed: [] };
  const effect = effectOf(step);
  for (const { object, succeeded, message, errorCode } of outcomes) {
    const reason = [errorCode, message].filter(Boolean).join(': ');
    if (step.kind === 'restore' && (succeeded || NEEDS_NONE.test(reason))) {
      sorted.waiting.push(succeeded ? { object } : { object, refusal: reason });
      continue;
    }
    const after = succeeded ? effect(object, message) : reason;
    if (typeof after === 'string') sorted.failed.push(failure(object, after));
    else sorted.ready.push(after);
  }
  return apart(sorted);
}

/** Of two objects that a step has put into the same place only one is there: it is not known which, so neither is labeled. */
function apart({ ready, ...rest }: Sorted): Sorted {
  const places = new Map<string, PreparedObject[]>();
  for (const object of ready) places.set(sourceRef(object), [...places.get(sourceRef(object)) ?? [], object]);
  const failed = [...places.values()].filter((objects) => objects.length > 1).flatMap((objects) => objects.map((object) =>
    failure(object, `${objects.length} objects were put into the same place: lines ${objects.flatMap(({ lines }) => lines).join(', ')}`)));
  return { ...rest, ready: ready.filter((object) => places.get(sourceRef(object))!.length === 1), failed: [...rest.failed, ...failed] };
}

function failure(object: PreparedObject, reason: string): FailedObject {
  return { 'lines': object.lines, 'source-ref': sourceRef(object), reason };
}

async function lookAtRestores({ ready, waiting, failed }: Sorted, begunAt: number, ports: Ports): Promise<Sorted> {
  const sorted: Sorted = { ready: [...ready], waiting: [], failed: [...failed] };
  const isOver = ports.now() > begunAt + LONGEST_RESTORE_MS;
  await mapBounded(waiting, HEADS_AT_ONCE, async (each) => {
    const { object, refusal } = each;
    // the next call looks at it
    if (ports.remaining() < LEAST_TIME_MS) return void sorted.waiting.push(each);
    const found = await ports.objects.readability(object.bucket, object.key);
    if (found === 'readable') sorted.ready.push(object);
    else if (found === undefined) sorted.failed.push(failure(object, 'there is no such object any more'));
    else if (found === 'archived' && refusal !== undefined) sorted.failed.push(failure(object, refusal));
    else if (isOver) sorted.failed.push(failure(object, 'it was not restored within 72 hours'));
    else sorted.waiting.push(each);
  });
  return sorted;
}
