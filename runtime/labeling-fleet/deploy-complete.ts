import { fleetAttributes } from './attributes';
import { DeployFleetEvent, ownerOf, statePrefix, Waiting } from './events';
import { wake } from './execution';
import { clearFormerBucket } from './former-bucket';
import { readHead, updateHead } from './head-store';
import { refuseSuperseded } from './on-event';
import { FleetPorts, StateStore } from './ports';
import { decodeFleetProperties, FleetInput } from './properties';
import { isConverged } from '../../src/groundtruth/private/job-fleet-metrics-contract';
import { FleetHead, RunSummary } from '../../src/model/fleet/fleet-ledger';
import { propertiesDigest, succeed } from '../../src/model/fleet/head-transitions';
import { NO_RUN } from '../../src/model/fleet/run-tally';
import { JobState } from '../../src/model/job-state';
import { standing } from '../../src/model/ledger-transitions';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';

/** Wakes the writer, and says what has become of the request: it reads the head and changes nothing that the writer does. */
export async function deployFleetComplete(event: Waiting<DeployFleetEvent>, ports: FleetPorts): Promise<IsCompleteResponse> {
  const input = decodeFleetProperties(event.ResourceProperties);
  const state = ports.stateAt(input.stateBucket, statePrefix(ownerOf(event)));
  const head = (await readHead(state))?.head;
  if (!head) throw new UserError('superseded by a Delete, or the ledger was lost: without it nothing is created');
  refuseSuperseded(head, event.RequestId);
  if (standing(head, event.RequestId) === 'new') throw new UserError(`superseded: the ledger does not know request ${event.RequestId} any more`);
  if (head.pending?.error !== undefined) throw new UserError(head.pending.error);
  const { run } = head;
  if (head.pending || run?.requestId !== event.RequestId || run.endedAt === undefined) return waitOrEnd(event, input, head, state, ports);
  return judge(event, input, head, run.summary ?? NO_RUN, state, ports);
}

/** The run of this request has ended. */
async function judge(
  event: Waiting<DeployFleetEvent>, input: FleetInput, head: FleetHead, summary: RunSummary, state: StateStore, ports: FleetPorts,
): Promise<IsCompleteResponse> {
  const returning = isReturn(event, head);
  if (!returning && summary.errors.length > 0) throw new UserError(summary.errors.join('; '));
  if (!returning && input.failOnFailedJob) refuseFailedJobs(summary);
  // a rollback that fails leaves a stack that nobody can update: what is left goes on at the next reconcile
  if (!returning && !input.reportOnly && !isConverged(summary)) return waitOrEnd(event, input, head, state, ports);
  await updateHead(state, ports, (present) => present && succeed(present, event.RequestId));
  await clearFormerBucket(event, ports);
  log('deployed', { run: head.run!.id });
  return { IsComplete: true, Data: fleetAttributes(head.run, head.desired?.resultUri ?? '', state) };
}

function refuseFailedJobs({ states, notes }: RunSummary): void {
  const failed = states[JobState.FAILED] ?? 0;
  if (failed === 0) return;
  const reasons = notes.filter((note) => note.includes(' has failed: '));
  throw new UserError(`${failed} jobs of the fleet have failed, and FailOn is JOB_FAILED: ${(reasons.length > 0 ? reasons : notes).join('; ')}`);
}

/** Whether an Update asks for the version that was deployed last: CloudFormation does not say that an Update is a rollback. */
function isReturn(event: Waiting<DeployFleetEvent>, { deployed }: FleetHead): boolean {
  return event.RequestType === 'Update' && deployed !== undefined && deployed.digest === propertiesDigest({ ...event.ResourceProperties });
}

/** Not yet; or, when the time is over, why not. */
async function waitOrEnd(
  event: Waiting<DeployFleetEvent>, input: FleetInput, head: FleetHead, state: StateStore, ports: FleetPorts,
): Promise<IsCompleteResponse> {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor(head));
  await wake(event.RequestId, head, input.stateMachineArn, state, ports);
  return { IsComplete: false };
}

function waitingFor({ pending, run }: FleetHead): string {
  if (pending) return 'the specification to be prepared';
  if (!run?.summary) return 'the first look at the jobs';
  const { unsettled, waitingForQuota, errors, notes } = run.summary;
  return [`${unsettled - waitingForQuota} jobs to start or stop`, ...errors, ...notes].join('; ');
}
