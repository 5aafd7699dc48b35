import { createHash } from 'node:crypto';
import { PreparationFiles } from './files';
import type { Ports } from './ports';
import { hasEnded, jobState, JobState } from '../../src/model/job-state';
import { DATA_PREPARATION_CONTRACT_VERSION, type DataPreparationProperties } from '../../src/s3batch/private/data-preparation-contract';
import type { IsCompleteRequest, IsCompleteResponse, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';

export type ResourceEvent = OnEventRequest<DataPreparationProperties>;
export type ResourceWaiting = IsCompleteRequest<DataPreparationProperties>;

/** Cancelling takes minutes; a job that does not end is left to itself then. */
const DELETE_PATIENCE_SECONDS = 20 * 60;
const WHY = 'its preparation was removed from its stack';

/** A Create or Update begins the work, and waits for none of it; a Delete ends what goes on. */
export async function handleResource(event: ResourceEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, async () => {
    if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId, StartedAt: ports.now() };
    await beginWork(event, ports);
    return { PhysicalResourceId: `preparation-${event.ResourceProperties.Identity}`, StartedAt: ports.now() };
  });
}

export async function handleWaiting(event: ResourceWaiting, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => DELETE_PATIENCE_SECONDS, async () => {
    if (event.RequestType !== 'Delete') return { IsComplete: true };
    const isOver = ports.now() > (event.StartedAt ?? 0) + DELETE_PATIENCE_SECONDS * 1000;
    return { IsComplete: await endWork(event.ResourceProperties, ports) || isOver };
  });
}

async function beginWork({ RequestId, ResourceProperties: properties }: ResourceEvent, { objects, executions }: Ports): Promise<void> {
  const { ContractVersion, StateMachineArn, Bucket, Prefix, Identity } = properties;
  if (ContractVersion !== DATA_PREPARATION_CONTRACT_VERSION) {
    throw new UserError(`ContractVersion: expected "${DATA_PREPARATION_CONTRACT_VERSION}", got ${JSON.stringify(ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const files = new PreparationFiles(objects, { bucket: Bucket, prefix: Prefix });
  if (await objects.exists(files.manifest)) return log('prepared already', { manifest: files.manifest });
  for await (const execution of executions.running(StateMachineArn, Identity)) return log('under way already', { execution });
  // a repeated request means the same execution
  await executions.start(StateMachineArn, `${Identity}-${createHash('sha256').update(RequestId).digest('hex').slice(0, 12)}`);
}

/** Stops executions of this identity and its jobs; whether all have ended. */
async function endWork({ StateMachineArn, Bucket, Prefix, Identity }: DataPreparationProperties, ports: Ports): Promise<boolean> {
  const { objects, executions, jobs } = ports;
  for await (const execution of executions.running(StateMachineArn, Identity)) await executions.stop(execution, WHY);
  const files = new PreparationFiles(objects, { bucket: Bucket, prefix: Prefix });
  let ended = true;
  for (const step of await stepsOf(files, objects)) {
    const attempt = await files.jobs(step);
    if (attempt?.endedAt !== undefined) continue;
    for (const job of attempt?.jobs ?? []) {
      if (job.id === undefined) continue;
      const state = jobState('s3batch', (await jobs.describe(job.id)).status);
      if (state !== undefined && hasEnded(state)) continue;
      ended = false;
      if (state === JobState.STOPPING) continue;
      // written first: whoever comes back to this preparation knows that no person cancelled its jobs
      if (!job.cancelledByUs) await files.writeJobs(step, { ...attempt!, jobs: attempt!.jobs.map((each) => ({ ...each, cancelledByUs: true as const })) });
      await jobs.cancel(job.id, WHY);
    }
  }
  return ended;
}

async function stepsOf(files: PreparationFiles, objects: Ports['objects']): Promise<number[]> {
  const steps: number[] = [];
  for await (const uri of objects.list(files.uri('steps/'))) {
    const [, number] = /\/steps\/(\d+)\/jobs\.json$/.exec(uri) ?? [];
    if (number !== undefined) steps.push(Number(number));
  }
  return steps;
}
