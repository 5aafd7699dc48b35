import { ownerOf, RemoveFleetEvent, statePrefix, Waiting } from './events';
import { wake } from './execution';
import { readHead } from './head-store';
import { JobStream } from './job-stream';
import { memberPorts } from './member-ports';
import { isAbout, onRemoveFleet, refuseSuperseded } from './on-event';
import { TimeOver } from './pace';
import { FleetPorts, StateStore } from './ports';
import { decodeFleetRemoval, FleetRemoval } from './properties';
import { endStray } from './strays';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import { FleetHead } from '../../src/model/fleet/fleet-ledger';
import { hasEnded, JobState } from '../../src/model/job-state';
import { standing } from '../../src/model/ledger-transitions';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';
import { removalPatienceSeconds } from '../shared/removal';

const DONE: IsCompleteResponse = { IsComplete: true };
const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Waits until the writer has ended all jobs, then removes what the fleet has written, the head last. */
export async function removeFleetComplete(event: Waiting<RemoveFleetEvent>, ports: FleetPorts): Promise<IsCompleteResponse> {
  const removal = decodeFleetRemoval(event.ResourceProperties);
  try {
    const state = removal.stateBucket === '' ? undefined : ports.stateAt(removal.stateBucket, statePrefix(ownerOf(event)));
    const head = state && (await readHead(state))?.head;
    if (state && head) return await removeRecorded(event, removal, head, state, ports);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and tags', error);
  }
  return removeUnrecorded(event, removal, ports);
}

async function removeRecorded(
  event: Waiting<RemoveFleetEvent>, removal: FleetRemoval, head: FleetHead, state: StateStore, ports: FleetPorts,
): Promise<IsCompleteResponse> {
  if (!isAbout(event, head)) return DONE;
  refuseSuperseded(head, event.RequestId);
  if (standing(head, event.RequestId) === 'new') {
    await onRemoveFleet(event, ports);
    return AGAIN;
  }
  const run = head.run?.requestId === event.RequestId ? head.run : undefined;
  const { states = {}, unsettled = 1, errors = [], notes = [] } = run?.summary ?? {};
  const hasEndedAll = run?.endedAt !== undefined && unsettled === 0 && errors.length === 0;
  if (!hasEndedAll && !isOver(event, removalPatienceSeconds(removal), ports)) {
    await wake(event.RequestId, head, removal.stateMachineArn, state, ports);
    return AGAIN;
  }
  // a Delete that fails blocks the stack: once everything was told to stop, the service may be left alone with it
  if (!hasEndedAll && !(run?.summary && onlyStopping(Object.keys(states)))) {
    throw timedOut(removalPatienceSeconds(removal), [`${unsettled} jobs to end`, ...errors, ...notes].join('; '));
  }
  await removeObjects(state);
  return DONE;
}

function onlyStopping(states: readonly string[]): boolean {
  return states.every((state) => state === 'NotStarted' || state === JobState.STOPPING || hasEnded(state as JobState));
}

/** The head is the last to go: should this be cut off, the next poll goes on. */
async function removeObjects(state: StateStore): Promise<void> {
  const keys: string[] = [];
  for await (const key of state.keys('')) if (key !== FLEET_OBJECTS.head) keys.push(key);
  await state.remove(keys);
  await state.remove([FLEET_OBJECTS.head]);
  log('the ledger of the fleet is removed', { objects: keys.length + 1 });
}

/** Without a ledger: what names and tags show is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveFleetEvent>, removal: FleetRemoval, ports: FleetPorts): Promise<IsCompleteResponse> {
  const { nameBase, removalMode, drainThen, drainTimeoutSeconds } = removal;
  if (nameBase === '' || removalMode === 'RETAIN') return DONE;
  const drained = ports.now() >= (event.StartedAt ?? 0) + drainTimeoutSeconds * 1000;
  const bounded = memberPorts(ports, false);
  let left = 0;
  try {
    for await (const job of new JobStream(bounded.jobs, nameBase).rest()) {
      const visit = await endStray(job, ownerOf(event), { mode: removalMode, drained, drainThen }, bounded);
      left += Number(visit !== undefined && visit.plan.waitingFor.length > 0);
    }
  } catch (error) {
    if (!(error instanceof TimeOver)) throw error;
    left += 1;
  }
  // what was told to stop may be left alone with that
  return left === 0 || isOver(event, removalPatienceSeconds(removal), ports) ? DONE : AGAIN;
}
