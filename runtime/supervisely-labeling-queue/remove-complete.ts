import { stopQueue, stopTwins, unlessGone } from './carry-out';
import type { RemoveEvent } from './events';
import { sightOf } from './look';
import { observe, type Observed } from './observe';
import type { Ports } from './ports';
import { resolveQueue } from './resolve';
import { parseResourceId, type ResourceIdParts } from '../../src/model/groundtruth/names';
import { type DeleteScope, emptyLedger } from '../../src/model/ledger';
import type { OwnQueue } from '../../src/model/supervisely/own-queue';
import { planQueueRemoval, type QueueRemovalPlan } from '../../src/model/supervisely/plan-queue-removal';
import { queuePlacesIn } from '../../src/model/supervisely/queue-ledger';
import { decodeLabelingQueueRemoval, type LabelingQueueRemoval } from '../../src/supervisely/private/labeling-queue-decoding-contract';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isOver } from '../shared/deadline';
import { isTransient } from '../shared/errors';
import { ledgerKey, ownerOf, type Waiting } from '../shared/job-resource';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';
import { lookAgain, removalNow, removalPatienceSeconds } from '../shared/removal';
import { ServerQueues } from '../shared/supervisely/queues';

const DONE: IsCompleteResponse = { IsComplete: true };
const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Waits for the lease, ends what the Delete is about, looks again, and removes the ledger last. */
export async function removeComplete(event: Waiting<RemoveEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const removal = decodeLabelingQueueRemoval(event.ResourceProperties);
  const session = await openSession(event, removal, ports);
  if (session === 'busy') return lookAgain(event, removal, ports, 'another writer to finish');
  if (session === 'absent') return removeUnrecorded(event, removal, ports);
  try {
    return await removeRecorded(event, removal, session, ports);
  } finally {
    await session.close();
  }
}

async function openSession(event: RemoveEvent, removal: LabelingQueueRemoval, ports: Ports): Promise<LedgerSession | 'busy' | 'absent'> {
  if (removal.stateBucket === '') return 'absent';
  try {
    return await LedgerSession.open(ports.ledgerAt(removal.stateBucket, ledgerKey(event)), ports, event.RequestId);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the queues are found by names', error);
    return 'absent';
  }
}

async function removeRecorded(event: Waiting<RemoveEvent>, removal: LabelingQueueRemoval, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const scope = session.ledger.requests.at(-1)!.scope!;
  if (scope.kind === 'nothing') return DONE;
  // where nothing was ever to be made, nothing is to be removed: not even the server is needed, which may be why nothing was
  const response = session.ledger.generations.length === 0 ? DONE : await end(event, removal, scope, session, ports);
  if (response.IsComplete && scope.kind === 'everything') await session.remove();
  return response;
}

async function end(
  event: Waiting<RemoveEvent>, removal: LabelingQueueRemoval, scope: DeleteScope, session: LedgerSession, ports: Ports,
): Promise<IsCompleteResponse> {
  if (isUntouched(removal)) return DONE;
  const caller = ports.connect(removal.connection);
  const sight = await sightOf(caller, queuePlacesIn(session.ledger), removal.nameBase, [], ports.now());
  const seen = await observe(sight, session.ledger);
  await session.commit(() => seen.ledger);
  const plan = planQueueRemoval(inScope(scope, seen), removalNow(event, removal, ports));
  for (const queue of plan.stop) await stopQueue(queue, 'its resource is deleted', sight.queues, session, ports);
  await finish(plan, seen, sight.queues);
  return plan.waitingFor.length === 0 ? DONE : lookAgain(event, removal, ports, waitingFor(plan));
}

function isUntouched({ mode }: LabelingQueueRemoval): boolean {
  if (mode === 'REPORT_ONLY') log('nothing is touched: the queues stay as they are');
  return mode === 'REPORT_ONLY';
}

function inScope(scope: DeleteScope, { queues }: Observed): OwnQueue[] {
  return queues.filter(({ identity }) => scope.kind === 'everything' || (scope.kind === 'identity' && scope.identity === identity));
}

async function finish({ stop, complete }: QueueRemovalPlan, { twins }: Observed, server: ServerQueues): Promise<void> {
  for (const { queueId } of complete) await unlessGone(queueId, () => server.setStatus(queueId, 'completed'));
  await stopTwins(twins, server);
  log('removal', { stopped: stop.map(({ queueId }) => queueId), completed: complete.map(({ queueId }) => queueId), twins });
}

function waitingFor({ waitingFor: queues }: QueueRemovalPlan): string {
  return `${queues.map(({ queueId }) => `queue ${queueId}`).join(', ')} to end`;
}

/** Without a ledger: what the name of the resource shows is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveEvent>, removal: LabelingQueueRemoval, ports: Ports): Promise<IsCompleteResponse> {
  const id = parseResourceId(event.PhysicalResourceId);
  // an id that is not ours: of a Create that failed before it had one
  if (isUntouched(removal) || !id) return DONE;
  try {
    const plan = await endUnrecorded(id, event, removal, ports);
    if (plan.waitingFor.length === 0 || isOver(event, removalPatienceSeconds(removal), ports)) return DONE;
    return AGAIN;
  } catch (error) {
    if (isTransient(error)) throw error;
    // a Delete that fails blocks the stack, and there is nothing left by which the queues could be found
    logError('the queues were not found', error);
    return DONE;
  }
}

async function endUnrecorded(
  { base, identity }: ResourceIdParts, event: Waiting<RemoveEvent>, removal: LabelingQueueRemoval, ports: Ports,
): Promise<QueueRemovalPlan> {
  const caller = ports.connect(removal.connection);
  const { team, projectId } = await resolveQueue(caller, removal.spec);
  const sight = await sightOf(caller, [{ teamId: team.id, projectId }], removal.nameBase || base, [identity], ports.now());
  const seen = await observe(sight, emptyLedger(ownerOf(event)));
  // whether a deployment has ever succeeded with them is not known: they count as if one had
  const known = seen.queues.map((queue) => ({ ...queue, marks: { ...queue.marks, deployed: 'true' } }));
  const plan = planQueueRemoval(known, removalNow(event, removal, ports));
  for (const { queueId } of plan.stop) await unlessGone(queueId, () => sight.queues.setStatus(queueId, 'stopped'));
  await finish(plan, seen, sight.queues);
  return plan;
}
