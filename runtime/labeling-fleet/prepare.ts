import { BoundedJobs, clockOf } from './bounded-ports';
import { prepareParts } from './dataset/prepare-parts';
import { Lease, Superseded } from './lease';
import { interleave, mergeMembers } from './merge-members';
import { TimeOver } from './pace';
import { membersOf, removeFormerPages, writePages } from './pages';
import { FleetPorts, StateStore } from './ports';
import { decodeFleetProperties, FleetInput } from './properties';
import { rebuiltMembers } from './rebuild';
import { MemberResolver } from './resolve-members';
import { partAsMember, readSpecification, Specification } from './specification';
import { AT_ONCE, Next, withLease } from './step';
import { DatasetPart, FLEET_OBJECTS, FleetStepInput, FleetStepOutput, JobFleetProperties, MemberSpec } from '../../src/groundtruth/private/job-fleet-contract';
import { FleetHead, PageRecord, PendingVersion } from '../../src/model/fleet/fleet-ledger';
import { grow, presentVersion, refuse, switchTo } from '../../src/model/fleet/head-transitions';
import { newestRequest } from '../../src/model/ledger-transitions';
import { CreateRequest } from '../labeling-job/ports';
import { stackGuid } from '../shared/custom-resource';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { BucketGone, LedgerConflict } from '../shared/ports';
import { under } from '../shared/s3-uri';

/** How long a new permission may take until all of AWS knows it. */
const NEW_RIGHTS_PATIENCE_MS = 120_000;

/**
 * Turns the pending request into pages of members, or refuses it: nothing is switched before all of it has been read and checked, and
 * nothing is started or stopped here.
 */
export async function prepareStep(input: FleetStepInput, ports: FleetPorts): Promise<FleetStepOutput> {
  return withLease('prepare', input, ports, async (lease, state) => {
    const { pending } = lease.head;
    const next = pending && pending.error === undefined ? await preparePending(lease, state, ports)
      : mayGrow(lease.head, input.execution) ? await prepareGrowth(lease, state, ports) : 'reconcile';
    await lease.handOn(AT_ONCE);
    return { next };
  });
}

async function preparePending(lease: Lease, state: StateStore, ports: FleetPorts): Promise<Next['next']> {
  const { requestId, properties } = lease.head.pending!;
  try {
    const input = decodeFleetProperties(properties as unknown as JobFleetProperties);
    const specification = await readSpecification(ports.objects.lines(input.specUri), input);
    const parts = await partsOf(specification, input, state, ports);
    if (parts === 'again') return 'again';
    await switchToNewPages(specification, parts, input, lease, state, ports);
  } catch (error) {
    if (error instanceof TimeOver) return 'again';
    if (!isFinal(error, lease, ports)) throw error;
    logError('the request is refused', error);
    await lease.update((head) => refuse(head, requestId, error instanceof UserError ? error.message : `${(error as Error).name}: ${errorMessage(error)}`));
  }
  return 'reconcile';
}

/** Whether what is deployed takes in new data: once in an execution, before its run. */
function mayGrow({ desired, deployed, run }: FleetHead, execution: string): boolean {
  const atWork = run !== undefined && (run.cursor !== undefined || run.id.endsWith(execution));
  return desired?.growing !== undefined && deployed?.requestId === desired.requestId && !atWork;
}

/** Objects that have appeared since become further parts, and these further members; whatever is there stays as it is. */
async function prepareGrowth(lease: Lease, state: StateStore, ports: FleetPorts): Promise<Next['next']> {
  const { requestId, properties, growing } = lease.head.desired!;
  const input = decodeFleetProperties(properties as unknown as JobFleetProperties);
  if (input.reportOnly || input.desiredState !== 'RUNNING') return 'reconcile';
  try {
    const specification = await readSpecification(ports.objects.lines(input.specUri), input);
    const parts = await partsOf(specification, input, state, ports);
    if (parts === 'again') return 'again';
    if (parts.length === growing!.parts) return 'reconcile';
    const { pages } = await newPages(specification, parts, input, { requestId, properties }, `${requestId}-${parts.length}`, lease, state, ports);
    await lease.update((head) => grow(head, requestId, pages, parts.length));
    log('the dataset has grown', { requestId, parts: parts.length - growing!.parts });
    await removeFormerPages(state, pages).catch((error) => logError('former pages were not removed', error));
  } catch (error) {
    if (error instanceof TimeOver) return 'again';
    throw error;
  }
  return 'reconcile';
}

/** A right that came with this very deployment is not seen everywhere at once; whatever lasts longer is no such thing. */
function isFinal(error: unknown, lease: Lease, ports: FleetPorts): boolean {
  if (error instanceof Superseded || error instanceof LedgerConflict || error instanceof BucketGone) return false;
  return error instanceof UserError || (!isTransient(error) && ports.now() > newestRequest(lease.head)!.at + NEW_RIGHTS_PATIENCE_MS);
}

async function partsOf(
  { head: { dataset, request, resultUri } }: Specification, { nameBase }: FleetInput, state: StateStore, ports: FleetPorts,
): Promise<readonly DatasetPart[] | 'again'> {
  if (!dataset) return [];
  const outputs = [request, ...(dataset.shares ?? []).map((share) => share.request)].map(outputPath).filter((path) => path !== undefined);
  const excluded = [under(resultUri, ''), ...outputs.map((path) => under(path, nameBase))];
  const prepared = await prepareParts({ dataset, recordUri: state.uri(FLEET_OBJECTS.parts), excluded }, ports.datasets, clockOf(ports).isTimeOver);
  return prepared.state === 'again' ? 'again' : prepared.parts;
}

function outputPath(request: Readonly<Record<string, unknown>>): string | undefined {
  return (request as Pick<CreateRequest, 'OutputConfig'>).OutputConfig?.S3OutputPath;
}

async function switchToNewPages(
  specification: Specification, parts: readonly DatasetPart[], input: FleetInput, lease: Lease, state: StateStore, ports: FleetPorts,
): Promise<void> {
  const { head: { dataset, resultUri } } = specification;
  const pending = lease.head.pending!;
  const { pages, identityChanged } = await newPages(specification, parts, input, pending, pending.requestId, lease, state, ports);
  const growing = dataset?.source.kind === 'prefix' && dataset.source.growth === 'INCREMENTS' ? { parts: parts.length } : undefined;
  await lease.update((present) => switchTo(present, pages, resultUri, identityChanged ? input.relabel : present.relabel, growing));
  log('prepared', { requestId: pending.requestId, pages: pages.length, members: pages.reduce((sum, page) => sum + page.members, 0) });
  await removeFormerPages(state, pages).catch((error) => logError('former pages were not removed', error));
}

/** Writes what is asked, merged with what is known, beside the present pages. */
async function newPages(
  { head: specHead, members }: Specification, parts: readonly DatasetPart[], input: FleetInput, pending: PendingVersion, folder: string,
  lease: Lease, state: StateStore, ports: FleetPorts,
): Promise<{ readonly pages: readonly PageRecord[]; readonly identityChanged: boolean }> {
  const { head } = lease;
  const request = newestRequest(head)!;
  const context = { input, head: specHead, pending, stackGuid: stackGuid(head.owner.stackId), isUpdate: request.type === 'Update' };
  const objectsOf = new Map(parts.map(({ key, objects }) => [key, objects]));
  const resolverPorts = { jobs: new BoundedJobs(ports.jobs, clockOf(ports), false), objects: ports.objects };
  const resolver = new MemberResolver(context, head.owner, head.relabel, objectsOf, resolverPorts);
  const former = head.rebuild ? rebuiltMembers(input.nameBase, head.owner, request, ports) : membersOf(state, presentVersion(head)?.pages ?? []);
  const places = mergeMembers(interleave(members, sorted(parts.map((part) => partAsMember(part, specHead, input)))), former);
  const pages = await writePages(state, folder, resolver.members(places));
  return { pages, identityChanged: resolver.identityChanged };
}

async function* sorted(members: readonly MemberSpec[]): AsyncIterable<MemberSpec> {
  yield* [...members].sort((a, b) => (a.base < b.base ? -1 : 1));
}
