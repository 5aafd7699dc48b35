import { DeployEvent } from './events';
import { ObservedJob, search } from './observe';
import { Ports } from './ports';
import { revisionHash } from '../../src/model/groundtruth/identity';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { JobState } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, Ledger } from '../../src/model/ledger';
import { desire, learn, recordStop, standing } from '../../src/model/ledger-transitions';
import { workIdentityHash } from '../../src/model/s3batch/identity';
import { taskCounts } from '../../src/model/s3batch/task-counts';
import { BatchWork } from '../../src/model/s3batch/work';
import { BatchJobInput, decodeBatchJobProperties } from '../../src/s3batch/private/batch-job-decoding-contract';
import { OnEventResponse, stackGuid } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { fromFormerBucket, leaveFormerBucket } from '../shared/former-bucket';
import { ledgerKey, ownerOf } from '../shared/job-resource';
import { refuseSuperseded, updateLedger } from '../shared/ledger-session';
import { log } from '../shared/log';
import { StoredLedger } from '../shared/ports';

/**
 * A Create or Update: checks, writes the ledger and returns the id. It creates and cancels nothing, because a failure here would
 * hide the resource: CDK swallows the Delete after a Create that throws before it has an id.
 */
export async function onDeploy(event: DeployEvent, ports: Ports): Promise<OnEventResponse> {
  const input = decodeBatchJobProperties(event.ResourceProperties);
  const identity = workIdentityHash(input.identity, stackGuid(event.StackId));
  const id = resourceId(input.nameBase, identity);
  if (!parseResourceId(id)) throw new UserError(`NameBase: ${JSON.stringify(input.nameBase)} does not have the form of a job's name`);

  await updateLedger(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, async (stored) => {
    const before = await formerLedger(event, input, stored, ports);
    refuseSuperseded(before, event.RequestId);
    // the same event again: CloudFormation and the framework both repeat
    if (standing(before, event.RequestId) === 'newest') return before;
    const request = { id: event.RequestId, type: event.RequestType, at: ports.now() };
    return desire(before, request, desiredVersion(event, input, id, identity, before), undefined);
  });
  await leaveFormerBucket(event, input, ports);
  return { PhysicalResourceId: id, StartedAt: ports.now() };
}

/** The ledger as it stands, as it comes from a former state bucket, or as descriptions and tags show it. */
async function formerLedger(event: DeployEvent, input: BatchJobInput, stored: StoredLedger | undefined, ports: Ports): Promise<Ledger> {
  const moved = await fromFormerBucket(event, input, stored?.ledger, ports);
  if (moved) return moved;
  if (stored && stored.ledger.movedTo === undefined) return stored.ledger;
  return rebuild(event, input, ports);
}

async function rebuild(event: DeployEvent, input: BatchJobInput, ports: Ports): Promise<Ledger> {
  const empty = emptyLedger(ownerOf(event), 's3batch');
  const found = await search(ports, empty, input.nameBase);
  if (found.length > 0) log('the ledger is rebuilt from descriptions and tags', { jobs: found.map((job) => job.name) });
  // who ended a job is lost with the ledger; jobs of another identity than the last one ended when they were replaced: no person's wish
  const last = event.RequestType === 'Update' ? parseResourceId(event.PhysicalResourceId)?.identity : undefined;
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'found ended when the ledger was rebuilt' };
  const goOn = event.RequestType === 'Create' ? found.map(asOfAnotherRevision) : found;
  const learnt = learn(empty, goOn);
  return learnt.generations.filter((one) => one.end !== undefined && one.identity !== last)
    .reduce<Ledger>((ledger, one) => recordStop(ledger, one.name, stop), learnt);
}

/** Whoever makes a resource again wants what was not done to be done now, whatever its jobs failed for. */
function asOfAnotherRevision(job: ObservedJob): ObservedJob {
  const { total, succeeded } = taskCounts([job]);
  return job.state === JobState.COMPLETED && succeeded === total ? job : { ...job, revision: '' };
}

function desiredVersion(event: DeployEvent, input: BatchJobInput, id: string, identity: string, before: Ledger): DesiredVersion {
  const revision = revisionHash(input.revision);
  const replaces = event.RequestType === 'Update' ? event.PhysicalResourceId : undefined;
  const previous = before.desired?.identity ?? (replaces === undefined ? undefined : parseResourceId(replaces)?.identity);
  const sameIdentity = previous === undefined || previous === identity;
  const known = before.generations.filter((one) => one.identity === identity && one.arn !== undefined);
  const wasHere = known.some((one) => one.revision === revision);
  const { request: create, priority, description, manifest, manifestBucket, manifestPrefix, tags, resume } = input;
  const work: BatchWork = { create, priority, description, manifest, manifestBucket, manifestPrefix };
  return {
    requestId: event.RequestId,
    id,
    identity,
    revision,
    request: work as unknown as Readonly<Record<string, unknown>>,
    tags,
    labelsOnlyUnlabeled: false,
    // another identity is other work: nothing of the former one is done again
    mayReplaceLabels: true,
    overlap: false,
    replaces,
    resume,
    returning: event.RequestType === 'Update' && (sameIdentity ? wasHere && before.desired?.revision !== revision : known.length > 0),
  };
}
