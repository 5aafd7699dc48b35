import { driftOf } from './drift';
import { Describing } from './observe';
import { isOwn, ownerTags } from './ownership';
import { JobDescription, Ports } from './ports';
import { RELEASED_TAG } from '../../src/groundtruth/private/labeling-job-contract';
import { describeDrift, FieldDrift } from '../../src/model/groundtruth/drift';
import { DesiredVersion, Owner, Tags } from '../../src/model/ledger';
import { accept, findGeneration, forget, intend, recordRelease } from '../../src/model/ledger-transitions';
import { OWNER_TAGS } from '../../src/private/owner-tags-contract';
import { UserError } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { log } from '../shared/log';

/**
 * An existing job becomes the first generation. It is looked at and, where its labels mean what the declaration says, tagged as ours;
 * whether people go on with it is not touched. What differs otherwise is reported as drift.
 */
export async function adoptGeneration(name: string, writer: Writer, ports: Ports): Promise<void> {
  const { ledger: { owner } } = writer;
  const desired = writer.ledger.desired!;
  const job = await adoptable(name, owner, desired, ports);
  const { identity, revision, requestId, tags, stream } = desired;
  const record = { name, identity, generation: 1, revision, requestId, intendedAt: ports.now(), tags: {}, adopted: true, streamSource: stream } as const;
  await writer.commit((ledger) => intend(ledger, record));
  await ports.jobs.addTags(job.arn, { ...tags, ...ownerTags(owner, desired, 1) });
  if (job.tags[RELEASED_TAG] !== undefined) await ports.jobs.removeTags(job.arn, [RELEASED_TAG]);
  log('labeling job adopted', { name, arn: job.arn, status: job.status });
  await writer.record((ledger) => accept(ledger, name, { arn: job.arn, tags }));
}

/** The job, if it may be adopted by this owner for this declaration; else fails, and says why. Nothing is touched. */
export async function adoptable(
  name: string, owner: Owner, desired: Pick<DesiredVersion, 'request'>, ports: Describing & Pick<Ports, 'objects'>,
): Promise<JobDescription> {
  const job = await ports.jobs.describe(name);
  if (!job) throw new UserError(`"adopt" names ${name}, but this account and region have no labeling job of that name: correct the name, or leave "adopt" out`);
  refuseOwned(job, owner);
  await refuseOtherLabels(job, desired, ports);
  return job;
}

/** A job of another resource of this library has a writer already. */
function refuseOwned(job: JobDescription, owner: Owner): void {
  const { [OWNER_TAGS.stackId]: stackId, [OWNER_TAGS.logicalId]: logicalId } = job.tags;
  if (stackId === undefined || isOwn(job, owner) || job.tags[RELEASED_TAG] !== undefined) return;
  throw new UserError(`${job.name} belongs to the resource ${logicalId ?? '?'} of the stack ${stackId}: two would work against each other. `
    + `Remove it there with JobRemoval.RETAIN first, which releases it; if that stack is gone, remove the job's tags ${OWNER_TAGS.stackId} and ${OWNER_TAGS.logicalId}`);
}

/** Labels of another meaning cannot be gone on with; every field is named, so that one look at the declaration suffices. */
async function refuseOtherLabels(job: JobDescription, desired: Pick<DesiredVersion, 'request'>, ports: Pick<Ports, 'objects'>): Promise<void> {
  const differences = (await driftOf(job, desired, ports)).filter(({ kind }) => kind === 'labels');
  if (differences.length === 0) return;
  throw new UserError(`${job.name} cannot be adopted, its labels would mean something else: ${differences.map(describeDrift).join('; ')}. `
    + `Declare these as the job has them${categoriesHint(differences)}; nothing was changed`);
}

/** Files that say the same are the same labels, but only those count that may be read. */
function categoriesHint(differences: readonly FieldDrift[]): string {
  return differences.some(({ field }) => field === 'LabelCategoryConfigS3Uri') ? ' (LabelCategories.fromBucket() declares a label file by its place)' : '';
}

/** The way back: written down first, so that from then on nobody stops it. */
export async function releaseGeneration(name: string, why: string, writer: Writer, ports: Ports): Promise<void> {
  const arn = findGeneration(writer.ledger, name)?.arn;
  await writer.commit((ledger) => recordRelease(ledger, name));
  if (arn !== undefined) await releaseJob(arn, why, ports);
  await writer.record((ledger) => forget(ledger, name));
}

/** Says on the job that whoever declares it may take it over. The request's tag makes room, for a job has at most 50. */
export async function releaseJob(arn: string, why: string, ports: Ports): Promise<void> {
  const released: Tags = { [RELEASED_TAG]: 'true' };
  await ports.jobs.removeTags(arn, [OWNER_TAGS.requestId]);
  await ports.jobs.addTags(arn, released);
  log('labeling job released', { arn, why });
}
