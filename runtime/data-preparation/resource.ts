import { createHash } from 'node:crypto';
import { PreparationFiles } from './files';
import type { Ports } from './ports';
import { hasEnded, jobState, JobState } from '../../src/model/job-state';
import { DATA_PREPARATION_CONTRACT_VERSION, type DataPreparationProperties, PREPARED_FILES } from '../../src/s3batch/private/data-preparation-contract';
import type { IsCompleteRequest, IsCompleteResponse, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { errorName, isAccessDenied, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';

export type ResourceEvent = OnEventRequest<DataPreparationProperties>;
export type ResourceWaiting = IsCompleteRequest<DataPreparationProperties>;

/** Cancelling takes minutes; a job that does not end is left to itself then. */
const DELETE_PATIENCE_SECONDS = 20 * 60;
/** A call goes on after its execution was stopped: so long it may still make a job. */
const SETTLING_MS = 90_000;
const GONE: readonly string[] = ['NoSuchBucket', 'StateMachineDoesNotExist'];
const WHY = 'it was removed from its stack';

/** A Create or Update begins the work, and waits for none of it; a Delete ends what goes on. */
export async function handleResource(event: ResourceEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, async () => {
    if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId, StartedAt: ports.now() };
    const { Kind, Prefix, Identity } = event.ResourceProperties;
    if (Kind === 'TAGGING') return { PhysicalResourceId: `tagging-${digest(Prefix)}`, StartedAt: ports.now() };
    if (!formerPlace(event)) await beginWork(event, ports);
    return { PhysicalResourceId: `preparation-${Identity}`, StartedAt: ports.now() };
  });
}

export async function handleWaiting(event: ResourceWaiting, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => DELETE_PATIENCE_SECONDS, async () => {
    const since = ports.now() - (event.StartedAt ?? 0);
    if (event.RequestType !== 'Delete') return { IsComplete: await moveWork(event, since, ports) };
    return { IsComplete: await endWork(event.ResourceProperties, since, ports) || since > DELETE_PATIENCE_SECONDS * 1000 };
  });
}

async function beginWork({ RequestId, ResourceProperties: properties }: Pick<ResourceEvent, 'RequestId' | 'ResourceProperties'>, { objects, executions }: Ports): Promise<void> {
  const { ContractVersion, StateMachineArn, Bucket, Prefix, Identity } = properties;
  if (ContractVersion !== DATA_PREPARATION_CONTRACT_VERSION) {
    throw new UserError(`ContractVersion: expected "${DATA_PREPARATION_CONTRACT_VERSION}", got ${JSON.stringify(ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const files = new PreparationFiles(objects, { bucket: Bucket, prefix: Prefix });
  if (await objects.exists(files.manifest)) return log('prepared already', { manifest: files.manifest });
  for await (const execution of executions.running(StateMachineArn, Identity)) return log('under way already', { execution });
  // a repeated request means the same execution
  await executions.start(StateMachineArn, `${Identity}-${digest(RequestId)}`);
}

/** Where a preparation was that has another bucket now. */
function formerPlace(event: ResourceEvent | ResourceWaiting): DataPreparationProperties | undefined {
  if (event.RequestType !== 'Update') return undefined;
  const { OldResourceProperties: former, ResourceProperties: { Kind, Identity, Bucket } } = event;
  return Kind === undefined && former.Identity === Identity && former.Bucket !== Bucket ? former : undefined;
}

/** What goes on in the former bucket would keep the work from being begun in the present one: an execution knows its own bucket only. */
async function moveWork(event: ResourceWaiting, since: number, ports: Ports): Promise<boolean> {
  const former = formerPlace(event);
  if (!former) return true;
  try {
    if (!await endWork(former, since, ports)) return false;
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    throw new UserError(`the preparation has moved from the bucket ${former.Bucket}, in which it may not see what goes on: name that one in "formerBuckets"`, error);
  }
  await beginWork(event, ports);
  return true;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Stops executions and their jobs; whether all have ended. Where machine or bucket are gone, so is the work. */
async function endWork(properties: DataPreparationProperties, since: number, ports: Ports): Promise<boolean> {
  const { StateMachineArn, Identity, Kind } = properties;
  try {
    for await (const execution of ports.executions.running(StateMachineArn, Identity)) await ports.executions.stop(execution, WHY);
    return await (Kind === 'TAGGING' ? endTagging : endPreparation)(properties, since > SETTLING_MS, ports);
  } catch (error) {
    if (!GONE.includes(errorName(error))) throw error;
    logError('there is nothing left to be ended', error);
    return true;
  }
}

async function endPreparation({ Bucket, Prefix }: DataPreparationProperties, settled: boolean, ports: Ports): Promise<boolean> {
  const files = new PreparationFiles(ports.objects, { bucket: Bucket, prefix: Prefix });
  const { begun, withJobs } = await stepsOf(files, ports.objects);
  const ended = await endJobs(withJobs, files, ports);
  return ended && (!begun || settled || await files.exists(files.manifest));
}

/** What is reported is over; the other labeling jobs' objects may be about to be tagged. */
async function endTagging({ Bucket, Prefix }: DataPreparationProperties, settled: boolean, ports: Ports): Promise<boolean> {
  const folders = new Map<string, boolean>();
  const start = `s3://${Bucket}/${Prefix}`;
  for await (const uri of ports.objects.list(start)) {
    const [job, ...file] = uri.slice(start.length).split('/');
    folders.set(job, folders.get(job) || file.join('/') === PREPARED_FILES.summary);
  }
  const open = [...folders].filter(([, reported]) => !reported).map(([job]) => job);
  let ended = true;
  for (const job of open) ended = await endJobs([0], new PreparationFiles(ports.objects, { bucket: Bucket, prefix: `${Prefix}${job}/` }), ports) && ended;
  return ended && (open.length === 0 || settled);
}

async function endJobs(steps: readonly number[], files: PreparationFiles, ports: Ports): Promise<boolean> {
  let ended = true;
  for (const step of steps) {
    const attempt = await files.jobs(step);
    if (!attempt || attempt.endedAt !== undefined) continue;
    const ids: string[] = [];
    for (const { id, token } of attempt.jobs) {
      const known = id ?? await ports.jobs.find(token);
      const look = known === undefined ? undefined : await ports.jobs.describe(known);
      const state = look && jobState('s3batch', look.status);
      if (look === undefined || (state !== undefined && hasEnded(state))) continue;
      ended = false;
      if (state !== JobState.STOPPING) ids.push(known!);
    }
    // written first: whoever comes back to this preparation knows that no person cancelled its jobs
    if (ids.length > 0) await files.writeJobs(step, { ...attempt, jobs: attempt.jobs.map((each) => ({ ...each, cancelledByUs: true as const })) });
    for (const id of ids) await ports.jobs.cancel(id, WHY);
  }
  return ended;
}

/** Steps that have jobs; and whether any step has begun at all. */
async function stepsOf(files: PreparationFiles, objects: Ports['objects']): Promise<{ begun: boolean; withJobs: number[] }> {
  const withJobs: number[] = [];
  let begun = false;
  for await (const uri of objects.list(files.uri('steps/'))) {
    begun = true;
    const [, number] = /\/steps\/(\d+)\/jobs\.json$/.exec(uri) ?? [];
    if (number !== undefined) withJobs.push(Number(number));
  }
  return { begun, withJobs };
}
