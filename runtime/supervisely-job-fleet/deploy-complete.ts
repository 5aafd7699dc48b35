import { attributes, isCounted, preparingAttributes, recordedAttributes } from './attributes';
import { type DeployFleetEvent, ledgerKey, ownerOf, statePrefix, type Waiting } from './events';
import { removeFormerFiles } from './former-files';
import { FleetObserver, type FleetLook } from './look';
import { declarationHash } from './on-deploy';
import type { FleetFiles, Ports } from './ports';
import { writeRecord } from './record';
import { type AwaitingFleet, isAwaiting } from './resolve';
import { work } from './work';
import type { Ledger } from '../../src/model/ledger';
import { recordDeployed } from '../../src/model/ledger-transitions';
import { describeFleetStep } from '../../src/model/supervisely/fleet/fleet-steps';
import { hasReached } from '../../src/model/supervisely/group-job';
import { mark } from '../../src/model/supervisely/group-ledger';
import { decodeJobFleetProperties, type JobFleetInput } from '../../src/supervisely/private/job-fleet-decoding-contract';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { clearFormerBucket } from '../shared/former-bucket';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { mayBeTooNew } from '../shared/patience';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer, until all images that can be given out are in jobs, and those have the status that is waited for. */
export async function deployFleetComplete(event: Waiting<DeployFleetEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const input = decodeJobFleetProperties(event.ResourceProperties);
  const session = await LedgerSession.open(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, event.RequestId);
  if (session === 'absent') throw new UserError('superseded by a Delete, or the ledger was lost: without it nothing is created');
  if (session === 'busy') return again(event, input, ports, 'another writer to finish');
  const files = ports.filesAt(input.stateBucket, statePrefix(ownerOf(event)));
  try {
    const response = session.ledger.reported ? await report(input, session, files, ports) : await write(event, input, session, files, ports);
    if (response.IsComplete) {
      await removeFormerFiles(event, ports);
      await clearFormerBucket(event, input, ports);
    }
    return response;
  } finally {
    await session.close();
  }
}

/** REPORT_ONLY: the plan, and nothing else. */
async function report({ connection }: JobFleetInput, { ledger }: LedgerSession, files: FleetFiles, ports: Ports): Promise<IsCompleteResponse> {
  const observer = await FleetObserver.open(ledger.reported!, ports, { connection, files, absences: 'refused' });
  if (!(observer instanceof FleetObserver)) return { IsComplete: true, Data: preparingAttributes(ledger, waiting(observer), files) };
  const seen = await observer.look(ledger);
  const { steps, notes, error } = seen.plan;
  log('reported only', { steps: steps.map(describeFleetStep), notes, error });
  const texts = [...error === undefined ? [] : [`would fail: ${error}`], ...steps.map((step) => `would ${describeFleetStep(step)}`), ...notes];
  return { IsComplete: true, Data: attributes(seen, texts, files) };
}

async function write(
  event: Waiting<DeployFleetEvent>, input: JobFleetInput, session: LedgerSession, files: FleetFiles, ports: Ports,
): Promise<IsCompleteResponse> {
  try {
    return await makeSo(event, input, session, files, ports);
  } catch (error) {
    if (!session.ledger.desired!.returning || isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports)) throw error;
    // a rollback that fails leaves a stack that nobody can update
    logError('the return to a former version goes on at the next reconcile', error);
    await session.record((ledger) => recordDeployed(ledger, event.RequestId));
    return { IsComplete: true, Data: recordedAttributes(session.ledger, [`goes on at the next reconcile: ${errorMessage(error)}`], files) };
  }
}

async function makeSo(
  event: Waiting<DeployFleetEvent>, input: JobFleetInput, session: LedgerSession, files: FleetFiles, ports: Ports,
): Promise<IsCompleteResponse> {
  const absences = session.ledger.desired!.returning ? 'left' : 'refused';
  const worked = await work(session, ports, { connection: input.connection, files, absences });
  if (isAwaiting(worked)) {
    if (input.waitForStatus !== undefined) return again(event, input, ports, waiting(worked).join('; '));
    await session.record((ledger) => deployed(ledger, event, input, []));
    return { IsComplete: true, Data: preparingAttributes(session.ledger, waiting(worked), files) };
  }
  const { seen, settled } = worked;
  if (!settled) return again(event, input, ports, `${seen.plan.steps.length} jobs to be made or stopped`);
  if (!isReached(input, seen)) return again(event, input, ports, `all jobs to be ${input.waitForStatus}`);
  await writeRecord(seen, files);
  await session.record((ledger) => deployed(ledger, event, input, seen.jobs.map(({ name }) => name)));
  log('deployed', { fleet: seen.desired.id, jobs: seen.jobs.length });
  return { IsComplete: true, Data: attributes(seen, seen.plan.notes, files) };
}

function deployed(ledger: Ledger, event: DeployFleetEvent, input: JobFleetInput, jobs: readonly string[]): Ledger {
  const known = jobs.reduce((before, name) => mark(before, name, { deployed: 'true' }), recordDeployed(ledger, event.RequestId));
  return { ...known, fleet: { ...known.fleet, deployed: declarationHash(input) } };
}

function waiting({ waitsFor }: AwaitingFleet): string[] {
  return [`waits for ${waitsFor.join(', ')}, which an import writes last`];
}

/** Deployed means that images are given out; that people have come somewhere only if the user asked to wait for it. */
function isReached({ waitForStatus }: JobFleetInput, { jobs, desired }: FleetLook): boolean {
  if (waitForStatus === undefined) return true;
  const reached = jobs.filter((job) => isCounted(job, desired.identity)).map((job) => ({ job, reached: hasReached(job.status, waitForStatus) }));
  const never = reached.find((one) => one.reached === 'never')?.job;
  if (never) throw new UserError(`the job ${never.jobId} is ${never.status} and will not be ${waitForStatus} by itself`);
  return reached.every((one) => one.reached === 'yes');
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployFleetEvent>, input: JobFleetInput, ports: Ports, waitingFor: string): IsCompleteResponse {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor);
  return AGAIN;
}
