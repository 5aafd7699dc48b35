import type { SuperviselyJobStatus } from './limits';
import { isAtWork, isUntouched, labeledOf, leftOf, type OwnQueue, type RemovedQueue } from './own-queue';
import type { QueuePlan, QueueStep } from './queue-steps';

/** The version that a queue should have, all names looked up. */
export interface DesiredQueue {
  readonly id: string;
  readonly identity: string;
  readonly revision: string;
  /** See `peopleHash`. */
  readonly people: string;
  readonly attempt: string;
  readonly desiredStatus?: SuperviselyJobStatus;
  readonly mayReplaceLabels: boolean;
  readonly returning: boolean;
  /** The identity with which the request came in. */
  readonly replaces?: string;
}

/**
 * Desired + actual -> plan, for a queue: a pure function, and applied twice it does nothing the second time. The server can change nothing of a queue
 * but its status, so whatever else changes stops it, and a next queue gets the images that nobody has finished. Of the queues of one identity
 * the newest counts.
 */
export function planQueue(desired: DesiredQueue, queues: readonly OwnQueue[], removed: readonly RemovedQueue[]): QueuePlan {
  const own = queues.filter(({ identity }) => identity === desired.identity).sort((a, b) => b.generation - a.generation);
  const [newest, ...older] = own;
  const error = newest ? undefined : replacementRefusal(desired, queues);
  if (error !== undefined) return { steps: [], notes: [], error };
  const former = queues.filter(({ identity }) => identity !== desired.identity);
  // never two queues at once on the same images: whatever starts, starts after the others have ended
  const ended = [...stopped(former, `replaced by ${desired.id}`), ...stopped(older, `superseded by ${newest?.name}`)];
  if (ended.length > 0) return { steps: ended, notes: [] };
  const { steps, notes } = planNewest(desired, newest, removed);
  return { steps, notes: [...unreviewed(older), ...notes] };
}

/** Whether a queue was made otherwise than declared now; what is not known of it counts as the same. */
export function isMadeOtherwise({ revision, marks }: Pick<OwnQueue, 'revision' | 'marks'>, desired: Pick<DesiredQueue, 'revision' | 'people' | 'attempt'>): boolean {
  const differs = (known: string | undefined, wanted: string) => known !== undefined && known !== '' && known !== wanted;
  return differs(revision, desired.revision) || differs(marks.people, desired.people) || differs(marks.attempt, desired.attempt);
}

export function queueReplacementRefusal(replaced: readonly OwnQueue[]): string | undefined {
  const begun = replaced.filter((queue) => labeledOf(queue) > 0);
  if (begun.length === 0) return undefined;
  const images = begun.reduce((sum, queue) => sum + labeledOf(queue), 0);
  return `${begun.map(({ queueId }) => `queue ${queueId}`).join(', ')} has ${images} labeled images, and the change of dataset, classes, tags or images would have them `
    + 'labeled again: undo it, or set "relabel" to a value that it did not have before';
}

type Plan = Pick<QueuePlan, 'steps' | 'notes'>;

function step(one: QueueStep): Plan {
  return { steps: [one], notes: [] };
}

function note(...notes: string[]): Plan {
  return { steps: [], notes };
}

function stopped(queues: readonly OwnQueue[], why: string): QueueStep[] {
  return queues.filter(isAtWork).map((queue) => ({ kind: 'stop', queue, why }));
}

/** Another identity on images that are labeled needs the user's word. */
function replacementRefusal({ mayReplaceLabels, returning, replaces }: DesiredQueue, queues: readonly OwnQueue[]): string | undefined {
  if (mayReplaceLabels || returning || replaces === undefined) return undefined;
  return queueReplacementRefusal(queues.filter(({ identity }) => identity === replaces));
}

/** They are not labeled again, but nobody reviews them in a queue that is stopped. */
function unreviewed(older: readonly OwnQueue[]): string[] {
  return older.filter(({ annotated, status }) => annotated > 0 && status === 'stopped')
    .map(({ queueId, annotated }) => `the queue ${queueId} was stopped with ${annotated} images that wait for their review, and is not taken up again`);
}

function planNewest(desired: DesiredQueue, newest: OwnQueue | undefined, removed: readonly RemovedQueue[]): Plan {
  const lost = [...removed].sort((a, b) => b.generation - a.generation).find(({ generation }) => generation > (newest?.generation ?? 0));
  if (lost) return planLost(desired, lost);
  if (!newest) return desired.desiredStatus === 'stopped' ? note('no queue is made: the desired status is stopped') : step({ kind: 'create', generation: 1 });
  const isChanged = isMadeOtherwise(newest, desired);
  const asked = isChanged || newest.disabled ? undefined : planStatus(desired, newest);
  if (asked) return asked;
  if (isAtWork(newest)) return isChanged ? planChanged(desired, newest) : note();
  return planEnded(desired, newest, isChanged);
}

/** What was accepted stays in the project, but which images that were is not known any more: nothing is made unless the user asks for it. */
function planLost({ attempt, desiredStatus }: DesiredQueue, { name, generation, marks }: RemovedQueue): Plan {
  if (marks.attempt !== undefined && marks.attempt !== attempt && desiredStatus !== 'stopped') return step({ kind: 'create', generation: generation + 1 });
  return note(`the queue ${name} was removed outside of this stack and is not made again: change "attempt" to make it on all of its images`);
}

/** A desired status is given once for each time that it is declared; afterwards people move the queue on. */
function planStatus({ desiredStatus }: DesiredQueue, queue: OwnQueue): Plan | undefined {
  if (desiredStatus === undefined) return queue.marks.status === undefined || queue.stoppedByUs ? undefined : step({ kind: 'forget-status', queue });
  if (queue.marks.status === desiredStatus) return undefined;
  const why = 'as declared';
  if (desiredStatus !== 'stopped') return step({ kind: 'set-status', queue, status: desiredStatus, why });
  return queue.status === 'stopped' ? undefined : step({ kind: 'stop', queue, why, asDeclared: true });
}

/** The declaration has changed while people work. */
function planChanged({ desiredStatus }: DesiredQueue, queue: OwnQueue): Plan {
  if (desiredStatus === 'stopped') return step({ kind: 'stop', queue, why: 'as declared', asDeclared: true });
  return leftOf(queue) > 0 ? step({ kind: 'stop', queue, why: 'its settings or people change' }) : note(withoutEffect(queue, 'has no image left to label'));
}

function planEnded(desired: DesiredQueue, queue: OwnQueue, isChanged: boolean): Plan {
  if (desired.desiredStatus === 'stopped') return note();
  const left = leftOf(queue);
  if (queue.status === 'completed') {
    const isAskedFor = queue.marks.attempt !== undefined && queue.marks.attempt !== desired.attempt;
    if (isAskedFor && left > 0) return goOn(queue);
    return note(...(isChanged ? [withoutEffect(queue, 'is completed')] : []), ...(left > 0 ? [`the queue ${queue.queueId} is completed with ${left} images not done`] : []));
  }
  if (isChanged) return left > 0 ? goOn(queue) : note(withoutEffect(queue, 'has no image left to label'));
  if (queue.stoppedByUs && !queue.disabled) return reopen(queue);
  return note(`the queue ${queue.queueId} was ${queue.disabled ? 'archived' : 'stopped'} outside of this stack and is left as it is, with ${left} images left`);
}

function withoutEffect({ queueId }: OwnQueue, why: string): string {
  return `the queue ${queueId} ${why}: what has changed takes effect on no queue`;
}

function goOn({ name, generation, left }: OwnQueue): Plan {
  if (left === undefined) throw new Error(`${name}: the images that are left were not asked for`);
  return left.length === 0 ? note() : step({ kind: 'create', generation: generation + 1, from: { name, imageIds: left } });
}

/** No other queue is needed: its id stays, and so does what people know it by. */
function reopen(queue: OwnQueue): Plan {
  return step({ kind: 'set-status', queue, status: isUntouched(queue) ? 'pending' : 'in_progress', why: 'its stop is taken back' });
}
