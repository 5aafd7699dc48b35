import { observe, type Observed, type Sight } from './observe';
import type { Ports } from './ports';
import { type Resolved, resolveQueue } from './resolve';
import { parseResourceId } from '../../src/model/groundtruth/names';
import type { DesiredVersion, Ledger } from '../../src/model/ledger';
import { leftOf, type OwnQueue } from '../../src/model/supervisely/own-queue';
import { type DesiredQueue, isMadeOtherwise, planQueue } from '../../src/model/supervisely/plan-queue';
import { type QueuePlace, queuePlacesIn } from '../../src/model/supervisely/queue-ledger';
import { LEFT_STATUSES } from '../../src/model/supervisely/queue-request';
import { peopleHash, type QueueSpec } from '../../src/model/supervisely/queue-spec';
import type { QueuePlan } from '../../src/model/supervisely/queue-steps';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { LedgerSession } from '../shared/ledger-session';
import type { Caller } from '../shared/supervisely/client';
import { ServerQueues } from '../shared/supervisely/queues';

/** A resource's queues as they are, and what is to be done about them. */
export interface Look extends Observed {
  readonly caller: Caller;
  readonly server: ServerQueues;
  readonly spec: QueueSpec;
  readonly resolved: Resolved;
  readonly desired: DesiredQueue;
  readonly plan: QueuePlan;
}

export async function look(session: LedgerSession, connection: ConnectionInput, ports: Ports): Promise<Look> {
  const seen = await lookAt(session.ledger, session.ledger.desired!, connection, ports);
  await session.commit(() => seen.ledger);
  return seen;
}

/** The same without a trace, for the version that is only asked about. */
export function lookOnly(ledger: Ledger, connection: ConnectionInput, ports: Ports): Promise<Look> {
  return lookAt(ledger, ledger.reported ?? ledger.desired!, connection, ports);
}

async function lookAt(ledger: Ledger, version: DesiredVersion, connection: ConnectionInput, ports: Ports): Promise<Look> {
  const caller = ports.connect(connection);
  const server = new ServerQueues(caller);
  const spec = version.request as unknown as QueueSpec;
  const resolved = await resolveQueue(caller, spec);
  const { team, projectId, me } = resolved;
  const { base, identity } = parseResourceId(version.id)!;
  const sight: Sight = {
    queues: server, places: allPlaces({ teamId: team.id, projectId }, ledger), identities: [identity], nameBase: base, myId: me.id, now: ports.now(),
  };
  const observed = await observe(sight, ledger);
  const desired = desiredQueue(version, spec, resolved);
  const queues = await withLeft(observed.queues, desired, server);
  const { steps, notes, error } = planQueue(desired, queues, observed.removed);
  return { ...observed, queues, caller, server, spec, resolved, desired, plan: { steps, notes: [...observed.notes, ...notes], error } };
}

function allPlaces(here: QueuePlace, ledger: Ledger): QueuePlace[] {
  return [here, ...queuePlacesIn(ledger).filter(({ teamId, projectId }) => teamId !== here.teamId || projectId !== here.projectId)];
}

/** For a look without a declaration: at a Delete, and where the ledger was lost. */
export async function sightOf(
  caller: Caller, places: readonly QueuePlace[], nameBase: string, identities: readonly string[], now: number,
): Promise<Sight> {
  const me = await caller.call<{ readonly id: number }>('users.me', {});
  return { queues: new ServerQueues(caller), places, identities, nameBase, myId: me.id, now };
}

/** The images that are left are asked for where a next queue may be made of them: there may be very many. */
async function withLeft(queues: readonly OwnQueue[], desired: DesiredQueue, server: ServerQueues): Promise<OwnQueue[]> {
  const own = queues.filter(({ identity }) => identity === desired.identity);
  const newest = Math.max(0, ...own.map(({ generation }) => generation));
  return Promise.all(queues.map(async (queue) => {
    const isAsked = own.includes(queue) && queue.generation === newest && leftOf(queue) > 0 && isMadeOtherwise(queue, desired);
    return isAsked ? { ...queue, left: (await server.entities(queue.queueId, LEFT_STATUSES)).map(({ id }) => id) } : queue;
  }));
}

function desiredQueue(version: DesiredVersion, spec: QueueSpec, { people }: Resolved): DesiredQueue {
  const { id, identity, revision, mayReplaceLabels, returning, replaces } = version;
  return {
    id,
    identity,
    revision,
    people: peopleHash(people),
    attempt: String(spec.attempt ?? 0),
    desiredStatus: spec.desiredStatus,
    mayReplaceLabels,
    returning,
    replaces: replaces === undefined ? undefined : parseResourceId(replaces)?.identity,
  };
}
