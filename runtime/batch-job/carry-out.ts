import { createGeneration } from './create-generation';
import { isNoSuchJob, isOtherStatus } from './errors';
import { Look } from './look';
import { ObservedJob } from './observe';
import { Ports } from './ports';
import { recordStop, recordTags } from '../../src/model/ledger-transitions';
import { Step } from '../../src/model/plan';
import { Change } from '../../src/model/s3batch/changes';
import { OWNER_TAGS } from '../../src/private/owner-tags-contract';
import { isOwn, ownerTags } from '../labeling-job/ownership';
import { errorMessage, UserError } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { log } from '../shared/log';

export async function carryOut({ plan, changes, jobs }: Look, writer: Writer, ports: Ports): Promise<void> {
  plan.notes.forEach((note) => log('plan', { note }));
  for (const step of plan.steps) await carryOutStep(step, jobs, writer, ports);
  for (const change of changes) await carryOutChange(change, jobs, ports);
}

async function carryOutStep(step: Step, jobs: readonly ObservedJob[], writer: Writer, ports: Ports): Promise<void> {
  switch (step.kind) {
    case 'create': return createGeneration(step, jobs, writer, ports);
    case 'stop': {
      const job = named(jobs, step.name);
      const owner = await foreignOwner(job, writer, ports);
      if (owner !== undefined) {
        throw new UserError(`${job.name} (${job.id}) would have to be cancelled (${step.why}), but its tags say that it belongs to ${owner}: `
          + 'cancel it yourself, or give it its former tags again');
      }
      return cancelGeneration(job, step.why, writer, ports);
    }
    case 'tag': return changeTags(named(jobs, step.name), writer, ports);
    case 'adopt': case 'release': throw new Error(`batch jobs are not adopted: ${step.name}`);
  }
}

function named(jobs: readonly ObservedJob[], name: string): ObservedJob {
  return jobs.find((job) => job.name === name)!;
}

/** Written down first: whoever finds the job cancelled knows that we did it. */
export async function cancelGeneration(job: ObservedJob, why: string, writer: Writer, ports: Ports): Promise<void> {
  const requestId = writer.ledger.requests.at(-1)!.id;
  await writer.commit((ledger) => recordStop(ledger, job.name, { at: ports.now(), requestId, why }));
  await cancelJob(job, why, ports);
}

export async function cancelJob({ id, name }: ObservedJob, why: string, ports: Ports): Promise<void> {
  await unless(isOtherStatus, () => ports.jobs.cancel(id, why), { name, id, why, act: 'cancel' });
}

/** Whose the job is by its tags, where they name somebody else. A job that we made and that has lost its tags is still ours. */
export async function foreignOwner({ id }: ObservedJob, { ledger: { owner } }: Pick<Writer, 'ledger'>, ports: Ports): Promise<string | undefined> {
  const tags = await ports.jobs.tags(id);
  const { [OWNER_TAGS.stackId]: stackId, [OWNER_TAGS.logicalId]: logicalId } = tags;
  return (stackId === undefined && logicalId === undefined) || isOwn({ tags }, owner) ? undefined : `the resource ${logicalId ?? '?'} of the stack ${stackId ?? '?'}`;
}

/** Tags are replaced as a whole: those of the owner stay, and say what they said when the job was made. */
async function changeTags({ id, name, identity, revision, requestId, generation }: ObservedJob, writer: Writer, ports: Ports): Promise<void> {
  const { owner, desired } = writer.ledger;
  const { tags } = desired!;
  // a job that the service has forgotten has no tags to change
  const all = { ...tags, ...ownerTags(owner, { identity, revision, requestId }, generation) };
  if (id !== '') await unless(isNoSuchJob, () => ports.jobs.putTags(id, all), { name, id, act: 'tag' });
  await writer.record((ledger) => recordTags(ledger, name, tags));
}

async function carryOutChange(change: Change, jobs: readonly ObservedJob[], ports: Ports): Promise<void> {
  const { id, name } = named(jobs, change.name);
  const act = change.kind === 'confirm'
    ? () => ports.jobs.confirm(id, 'confirmation is not asked for any more') : () => ports.jobs.prioritise(id, change.priority);
  await unless(isOtherStatus, act, { name, id, act: change.kind });
}

/** The job may have gone on, or be forgotten, in between: the next look shows it. */
async function unless(isOver: (error: unknown) => boolean, work: () => Promise<void>, about: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await work();
    log('batch job is changed', about);
  } catch (error) {
    if (!isOver(error)) throw error;
    log('batch job cannot be changed, looking again', { ...about, reason: errorMessage(error) });
  }
}
