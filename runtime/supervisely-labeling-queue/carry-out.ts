import { createQueue } from './create-queue';
import type { Look } from './look';
import type { Ports } from './ports';
import { recordStop } from '../../src/model/ledger-transitions';
import { mark, undoStop } from '../../src/model/supervisely/group-ledger';
import type { OwnQueue } from '../../src/model/supervisely/own-queue';
import { describeQueueStep, type QueueStep } from '../../src/model/supervisely/queue-steps';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { isAbsent } from '../shared/supervisely/errors';
import type { ServerQueues } from '../shared/supervisely/queues';

export async function carryOut(seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  seen.plan.notes.forEach((note) => log('plan', { note }));
  await stopTwins(seen.twins, seen.server);
  for (const step of seen.plan.steps) {
    log('plan', { step: describeQueueStep(step) });
    await carryOutStep(step, seen, session, ports);
  }
}

/** They cannot be removed, so they are stopped: labelers see them no more. */
export async function stopTwins(ids: readonly number[], server: ServerQueues): Promise<void> {
  if (ids.length > 0) log('queues that a lost answer has made twice are stopped', { ids });
  for (const id of ids) await unlessGone(id, () => server.setStatus(id, 'stopped'));
}

async function carryOutStep(step: QueueStep, seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  switch (step.kind) {
    case 'create': return createQueue(step, seen, session, ports);
    case 'stop': {
      await stopQueue(step.queue, step.why, seen.server, session, ports);
      if (step.asDeclared) await session.record((ledger) => mark(ledger, step.queue.name, { status: 'stopped' }));
      return;
    }
    case 'set-status': {
      const { queueId, name } = step.queue;
      await unlessGone(queueId, () => seen.server.setStatus(queueId, step.status));
      return session.record((ledger) => mark(undoStop(ledger, name), name, { status: seen.spec.desiredStatus }));
    }
    case 'forget-status': return session.record((ledger) => mark(ledger, step.queue.name, { status: undefined }));
  }
}

/** The stop is written down first, so that nobody takes it for a person's. */
export async function stopQueue({ name, queueId }: OwnQueue, why: string, server: ServerQueues, session: LedgerSession, ports: Ports): Promise<void> {
  const requestId = session.ledger.requests.at(-1)!.id;
  await session.commit((ledger) => recordStop(ledger, name, { at: ports.now(), requestId, why }));
  await unlessGone(queueId, () => server.setStatus(queueId, 'stopped'));
}

/** Somebody has removed it in between: the next look shows that. */
export async function unlessGone(id: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    log('the queue is gone, looking again', { id });
  }
}
