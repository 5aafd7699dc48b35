import { isOwn, ownerOfJob } from './ownership';
import type { GenerationRecord, Ledger } from '../../src/model/ledger';
import { findGeneration, forget } from '../../src/model/ledger-transitions';
import { type GroupJob, isEnded } from '../../src/model/supervisely/group-job';
import { accepted, jobIdOf, type JobPlace, mark, marksOf, placeTags, undoStop } from '../../src/model/supervisely/group-ledger';
import { parseRecordName, recordOfTitle } from '../../src/model/supervisely/group-names';
import { twinsAmong } from '../../src/model/supervisely/job-twins';
import type { RemovedJob } from '../../src/model/supervisely/plan-group';
import { log } from '../shared/log';
import type { ServerJob, ServerJobInfo, ServerJobs } from '../shared/supervisely/jobs';

/** Where and whose jobs are looked for. */
export interface Sight {
  readonly jobs: ServerJobs;
  readonly places: readonly JobPlace[];
  readonly nameBase: string;
  /** Id of the account in whose name the handler calls. */
  readonly myId: number;
  readonly now: number;
}

/** All jobs of a group, and what else stands under their names. */
export interface Observed {
  readonly jobs: readonly GroupJob[];
  /** The ledger knows them, the server does not: somebody has removed them. */
  readonly removed: readonly RemovedJob[];
  /** Ids of jobs that a lost answer has made a second time, and that nobody has begun. */
  readonly twins: readonly number[];
  readonly notes: readonly string[];
  /** The ledger with what the server has taught. */
  readonly ledger: Ledger;
}

/** Looks by name and dataset, archived jobs too, and by the ids that the ledger knows. A foreign job never leaves this function. */
export async function observe(sight: Sight, ledger: Ledger): Promise<Observed> {
  const shown = await shownJobs(sight, ledger);
  const kept: ServerJob[] = [];
  const twins: number[] = [];
  const notes: string[] = [];
  for (const [name, jobs] of shown) {
    const found = twinsAmong(jobs.map((job) => ({ ...job, name })), name);
    kept.push(jobs.find(({ id }) => id === found.kept!.id)!);
    const ours = found.removed.filter(({ createdBy, startedAt }) => createdBy === sight.myId && startedAt === null);
    twins.push(...ours.map(({ id }) => id));
    const others = [...found.removed, ...found.touched].filter(({ id }) => !twins.includes(id));
    if (others.length > 0) {
      notes.push(`${others.map(({ id }) => `job ${id}`).join(', ')} has the name of job ${found.kept!.id} and is left alone: only a person can say whether its labels count`);
    }
  }
  const infos = await withImages(sight, kept);
  const learnt = learn(ledger, infos, sight);
  const jobs = infos.map((job) => groupJob(job, findGeneration(learnt, nameOf(job))!));
  return { jobs, removed: removedJobs(learnt, jobs), twins, notes, ledger: forgetDiscarded(learnt, jobs) };
}

/** Our jobs by their record's name. */
export async function shownJobs({ jobs, places, nameBase, myId }: Sight, ledger: Ledger): Promise<Map<string, ServerJob[]>> {
  const byName = new Map<string, ServerJob[]>();
  const seen = new Set<number>();
  const take = (job: ServerJob): void => {
    const name = recordOfTitle(job.name);
    if (name === undefined || seen.has(job.id) || !bases(ledger, nameBase).has(parseRecordName(name)!.base)) return;
    if (!mayBeOurs(job, name, ledger, myId)) return log('a job of this name belongs to somebody else and is left alone', { id: job.id, name: job.name });
    seen.add(job.id);
    byName.set(name, [...byName.get(name) ?? [], job]);
  };
  for (const { teamId, datasetId } of places) {
    for await (const job of jobs.list(teamId, { showDisabled: true, ...(datasetId > 0 && { datasetId }) })) take(job);
  }
  for (const id of ledger.generations.map(jobIdOf)) {
    const job = id === undefined || seen.has(id) ? undefined : await jobs.info(id);
    if (job) take(job);
  }
  return byName;
}

/** The construct's path is part of the base, so it changes hardly ever; where it does, the jobs under the old one are still ours. */
function bases(ledger: Ledger, nameBase: string): Set<string> {
  return new Set([nameBase, ...ledger.generations.map(({ name }) => parseRecordName(name)?.base ?? nameBase)]);
}

/** Names can be copied. Custom data says whose a job is; before it was written, whoever made it. */
function mayBeOurs(job: ServerJob, name: string, ledger: Ledger, myId: number): boolean {
  const known = findGeneration(ledger, name);
  if (known !== undefined && jobIdOf(known) === job.id) return true;
  return ownerOfJob(job) === undefined ? job.createdBy === myId : isOwn(job, ledger.owner);
}

/** Images are asked for where a plan may depend on them: of the newest job of each line. */
async function withImages({ jobs }: Sight, kept: readonly ServerJob[]): Promise<Array<ServerJob | ServerJobInfo>> {
  const newest = new Map<string, number>();
  for (const { name } of kept) {
    const { identity, userId, generation } = partsOf(name);
    newest.set(`${identity}/${userId}`, Math.max(generation, newest.get(`${identity}/${userId}`) ?? 0));
  }
  const all: Array<ServerJob | ServerJobInfo> = [];
  for (const job of kept) {
    const { identity, userId, generation } = partsOf(job.name);
    const asked = newest.get(`${identity}/${userId}`) === generation;
    const info = asked ? await jobs.info(job.id) : job;
    if (info) all.push(info);
  }
  return all;
}

export function learn(ledger: Ledger, jobs: readonly ServerJob[], { now }: Sight): Ledger {
  return jobs.reduce((before, job) => {
    const name = nameOf(job);
    const { identity, generation } = partsOf(job.name);
    const { revision = '', requestId = '', resumes } = ownerOfJob(job) ?? {};
    const tags = placeTags(job);
    const record = { name, identity, generation, revision, requestId, tags, arn: String(job.id), ...(resumes !== undefined && { resumes }) };
    const known = accepted(before, record, now);
    const present = findGeneration(known, name)?.tags.discarded === undefined ? known : mark(known, name, { discarded: undefined });
    return isEnded(job) ? present : undoStop(present, name);
  }, ledger);
}

export function groupJob(job: ServerJob | ServerJobInfo, record: GenerationRecord): GroupJob {
  const { identity, generation, userId } = partsOf(job.name);
  return {
    name: record.name,
    identity,
    generation,
    userId,
    revision: record.revision,
    requestId: record.requestId,
    jobId: job.id,
    status: job.status,
    disabled: job.disabled,
    untouched: job.startedAt === null && job.finishedImagesCount === 0 && (job.status === 'pending' || job.status === 'stopped'),
    images: job.imagesCount,
    finished: job.finishedImagesCount,
    accepted: job.acceptedImagesCount,
    rejected: job.rejectedImagesCount,
    ...('entities' in job && { left: job.entities.filter(({ reviewStatus }) => reviewStatus === 'none' || reviewStatus === 'rejected').map(({ id }) => id) }),
    stoppedByUs: record.stop !== undefined,
    resumes: record.resumes,
    marks: marksOf(record),
  };
}

function removedJobs(ledger: Ledger, jobs: readonly GroupJob[]): RemovedJob[] {
  return absent(ledger, jobs).filter(({ tags }) => tags.discarded === undefined)
    .map(({ name, generation, revision }) => ({ name, generation, revision, userId: parseRecordName(name)!.userId }));
}

/** What we have removed ourselves is not missed. */
export function forgetDiscarded(ledger: Ledger, jobs: readonly GroupJob[]): Ledger {
  return absent(ledger, jobs).filter(({ tags }) => tags.discarded !== undefined).reduce((before, { name }) => forget(before, name), ledger);
}

export function absent(ledger: Ledger, jobs: readonly GroupJob[]): GenerationRecord[] {
  return ledger.generations.filter(({ arn, name }) => arn !== undefined && !jobs.some((job) => job.name === name));
}

export function nameOf({ name }: ServerJob): string {
  return recordOfTitle(name)!;
}

function partsOf(title: string) {
  return parseRecordName(recordOfTitle(title)!)!;
}
