import { checkManifest } from './check-manifest';
import { ImportFiles } from './files';
import { findOrMake } from './place';
import type { Ports } from './ports';
import { start } from './start';
import { takeBackEmpty } from './take-back';
import { seconds } from '../../src/private/property-decoding-contract';
import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import {
  DATASET_IMPORT_CONTRACT_VERSION, type DatasetImportAttributes, type DatasetImportProperties, MAX_TIMEOUT_SECONDS,
} from '../../src/supervisely/private/dataset-import-contract';
import type { IsCompleteRequest, IsCompleteResponse, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorName, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';

export type ResourceEvent = OnEventRequest<DatasetImportProperties>;
export type ResourceWaiting = IsCompleteRequest<DatasetImportProperties> & { readonly WasRunning?: boolean };

/** A call goes on after its execution was stopped: so long it may still write files. */
const SETTLING_MS = 150_000;
const GONE: readonly string[] = ['NoSuchBucket', 'StateMachineDoesNotExist'];
const WHY = 'its import was removed from its stack';

/** A Create or Update finds or makes project and dataset and begins the work; a Delete ends it and leaves both, unless they are empty and its own. */
export async function handleResource(event: ResourceEvent, ports: Ports): Promise<OnEventResponse> {
  try {
    return await answer(event, ports);
  } catch (error) {
    // the framework swallows the Delete of a Create that has no id
    if (event.RequestType === 'Create') await takeBack(event.ResourceProperties, ports);
    throw error;
  }
}

function answer(event: ResourceEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, async () => {
    if (event.RequestType === 'Delete') {
      return { PhysicalResourceId: event.PhysicalResourceId, StartedAt: ports.now(), WasRunning: await stop(event.ResourceProperties, ports) };
    }
    return { PhysicalResourceId: `import-${event.ResourceProperties.Identity}`, Data: await place(event, ports), StartedAt: ports.now() };
  });
}

export async function handleWaiting(event: ResourceWaiting, ports: Ports): Promise<IsCompleteResponse> {
  const { ResourceProperties: properties } = event;
  const patience = () => seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS);
  return isCompletePatiently(event, ports, patience, async () => {
    if (event.RequestType === 'Delete') return { IsComplete: await clean(event, ports) };
    if (properties.WaitForCompletion !== 'true') return { IsComplete: true };
    if (await isImported(properties, ports)) return { IsComplete: true };
    if (isOver(event, patience(), ports)) throw timedOut(patience(), `the import of ${properties.ManifestUri}, which goes on`);
    return { IsComplete: false };
  });
}

async function place(event: ResourceEvent, ports: Ports): Promise<DatasetImportAttributes> {
  const { ContractVersion, Connection, Target, StateMachineArn, Bucket, Prefix, Identity, ManifestUri, AwaitsManifest } = event.ResourceProperties;
  if (ContractVersion !== DATASET_IMPORT_CONTRACT_VERSION) {
    throw new UserError(`ContractVersion: expected "${DATASET_IMPORT_CONTRACT_VERSION}", got ${JSON.stringify(ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const folder = { bucket: Bucket, prefix: Prefix };
  const files = new ImportFiles(ports.objects, folder);
  const attempt = attemptOf(event.ResourceProperties);
  const awaits = AwaitsManifest === 'true';
  const check = async () => {
    if (!awaits && (await files.record())?.attempt !== attempt) await checkManifest(ManifestUri, ports.objects);
  };
  // a return to what was there already is refused for no manifest that has gone meanwhile
  if (event.RequestType === 'Create') await check();
  const { projectId, datasetId, teamId } = await findOrMake(ports.connect(decodeConnection(Connection)), Target, async (what) => {
    await check();
    await files.noteMade(what);
  });
  // whoever makes the manifest begins the work as well
  if (!awaits || await ports.objects.exists(ManifestUri)) {
    await start({ stateMachineArn: StateMachineArn, folder, identity: Identity, attempt }, event.RequestId, ports);
  }
  log('project and dataset are there', { projectId, datasetId });
  return { ProjectId: String(projectId), DatasetId: String(datasetId), TeamId: String(teamId) };
}

/** Fails when it has ended otherwise. */
async function isImported(properties: DatasetImportProperties, { objects, executions }: Ports): Promise<boolean> {
  const { StateMachineArn, Bucket, Prefix, Identity } = properties;
  const files = new ImportFiles(objects, { bucket: Bucket, prefix: Prefix });
  if ((await files.record())?.attempt === attemptOf(properties)) return true;
  for await (const _ of executions.running(StateMachineArn, Identity)) return false;
  const failure = await executions.failure(StateMachineArn, Identity);
  if (failure !== undefined) throw new UserError(`nothing, or not all, was imported: ${failure}`);
  return false;
}

/** Whether anything was under way. */
async function stop({ StateMachineArn, Bucket, Prefix, Identity }: DatasetImportProperties, { objects, executions }: Ports): Promise<boolean> {
  let running = false;
  try {
    for await (const execution of executions.running(StateMachineArn, Identity)) {
      running = true;
      await executions.stop(execution, WHY);
    }
    await new ImportFiles(objects, { bucket: Bucket, prefix: Prefix }).removeProgress();
  } catch (error) {
    ignoreGone(error);
  }
  return running;
}

/** A stopped call may still write; without its progress it ends at the end of its batch. */
async function clean({ ResourceProperties: properties, StartedAt = 0, WasRunning }: ResourceWaiting, ports: Ports): Promise<boolean> {
  const { objects, now } = ports;
  const { Bucket, Prefix } = properties;
  if (WasRunning && now() < StartedAt + SETTLING_MS) return false;
  await takeBack(properties, ports);
  try {
    await new ImportFiles(objects, { bucket: Bucket, prefix: Prefix }).removeAll();
  } catch (error) {
    ignoreGone(error);
  }
  return true;
}

function takeBack({ Connection, Target, Bucket, Prefix }: DatasetImportProperties, { connect, objects }: Ports): Promise<void> {
  return takeBackEmpty(() => connect(decodeConnection(Connection)), Target, new ImportFiles(objects, { bucket: Bucket, prefix: Prefix }));
}

function ignoreGone(error: unknown): void {
  if (!GONE.includes(errorName(error))) throw error;
  logError('there is nothing left to be ended', error);
}

function attemptOf({ Attempt = '1' }: DatasetImportProperties): number {
  return Number(Attempt);
}
