import type { Ledger } from '../../src/model/ledger';
import { findGeneration } from '../../src/model/ledger-transitions';
import { accepted, undoStop } from '../../src/model/supervisely/group-ledger';
import { twinsAmong } from '../../src/model/supervisely/job-twins';
import { isAtWork, isUntouched, type OwnQueue, type RemovedQueue } from '../../src/model/supervisely/own-queue';
import { queueIdOf, type QueuePlace, queuePlaceTags, remembered } from '../../src/model/supervisely/queue-ledger';
import { recordOfQueue } from '../../src/model/supervisely/queue-names';
import { log } from '../shared/log';
import { countsOf, type ServerQueue, type ServerQueues } from '../shared/supervisely/queues';

/** Where and which queues are looked for. */
export interface Sight {
  readonly queues: ServerQueues;
  readonly places: readonly QueuePlace[];
  /** Identities that are ours; they hold the stack's GUID, so that nobody else's queue has one. Those of the ledger are in any case. */
  readonly identities: readonly string[];
  readonly nameBase: string;
  /** Id of the account in whose name the handler calls. */
  readonly myId: number;
  readonly now: number;
}

/** All queues of a resource, and what else stands under their names. */
export interface Observed {
  readonly queues: readonly OwnQueue[];
  /** The ledger knows them, the server does not: somebody has removed them. */
  readonly removed: readonly RemovedQueue[];
  /** Ids of queues that a lost answer has made a second time, and that nobody has begun. */
  readonly twins: readonly number[];
  readonly notes: readonly string[];
  /** The ledger with what the server has taught. */
  readonly ledger: Ledger;
}

/** Looks by name and project, hidden queues too, and by the ids that the ledger knows. A foreign queue never leaves this function. */
export async function observe(sight: Sight, ledger: Ledger): Promise<Observed> {
  const kept: ServerQueue[] = [];
  const twins: number[] = [];
  const notes: string[] = [];
  for (const [name, shown] of await shownQueues(sight, ledger)) {
    const found = twinsAmong(shown.map((queue) => ({ ...queue, name })), name);
    kept.push(shown.find(({ id }) => id === found.kept!.id)!);
    const younger = [...found.removed, ...found.touched].filter((queue) => isAtWork({ status: queue.status, disabled: queue.disabled === true }));
    const ours = younger.filter((queue) => queue.createdBy === sight.myId && isUntouched({ ...countsOf(queue), status: queue.status }));
    twins.push(...ours.map(({ id }) => id));
    const others = younger.filter(({ id }) => !twins.includes(id));
    if (others.length > 0) {
      notes.push(`${others.map(({ id }) => `queue ${id}`).join(', ')} has the name of queue ${found.kept!.id} and is left alone: only a person can say whether its labels count`);
    }
  }
  const learnt = learn(ledger, kept, sight.now);
  const queues = kept.map((queue) => ownQueue(queue, learnt));
  return { queues, removed: removedQueues(learnt, queues), twins, notes, ledger: learnt };
}

/** Our queues by their record's name. */
async function shownQueues(sight: Sight, ledger: Ledger): Promise<Map<string, ServerQueue[]>> {
  const byName = new Map<string, ServerQueue[]>();
  const seen = new Set<number>();
  const take = (queue: ServerQueue): void => {
    const name = seen.has(queue.id) ? undefined : ourName(queue, sight, ledger);
    if (name === undefined) return;
    seen.add(queue.id);
    byName.set(name, [...byName.get(name) ?? [], queue]);
  };
  for (const { teamId, projectId } of sight.places) {
    for await (const queue of sight.queues.list(teamId, { projectId, showDisabled: true })) take(queue);
  }
  for (const id of ledger.generations.map(queueIdOf)) {
    const queue = id === undefined || seen.has(id) ? undefined : await sight.queues.info(id);
    if (queue) take(queue);
  }
  return byName;
}

/** Names can be copied, and a queue has nothing else in which its owner could stand: so its identity must be ours, and whoever made it be us. */
function ourName({ id, name: title, createdBy }: ServerQueue, { identities, nameBase, myId }: Sight, ledger: Ledger): string | undefined {
  const parts = recordOfQueue(title);
  if (!parts) return undefined;
  const known = findGeneration(ledger, parts.name);
  if (known && queueIdOf(known) === id) return parts.name;
  if (!known && !(parts.base === nameBase && identities.includes(parts.identity))) return undefined;
  if (createdBy === myId) return parts.name;
  log('a queue of this name belongs to somebody else and is left alone', { id, name: title });
  return undefined;
}

function learn(ledger: Ledger, queues: readonly ServerQueue[], now: number): Ledger {
  return queues.reduce((before, queue) => {
    const { name, identity, generation } = recordOfQueue(queue.name)!;
    // its revision and people stand nowhere but in a ledger
    const record = { name, identity, generation, revision: '', requestId: '', tags: queuePlaceTags(queue), arn: String(queue.id) };
    const known = accepted(before, record, now);
    return isAtWork({ ...queue, disabled: queue.disabled === true }) ? undoStop(known, name) : known;
  }, ledger);
}

function ownQueue(queue: ServerQueue, ledger: Ledger): OwnQueue {
  const record = findGeneration(ledger, recordOfQueue(queue.name)!.name)!;
  return { ...countsOf(queue), ...remembered(record), queueId: queue.id, title: queue.name, status: queue.status, disabled: queue.disabled === true };
}

function removedQueues({ generations }: Ledger, queues: readonly OwnQueue[]): RemovedQueue[] {
  return generations.filter(({ arn, name }) => arn !== undefined && !queues.some((queue) => queue.name === name)).map(remembered);
}
