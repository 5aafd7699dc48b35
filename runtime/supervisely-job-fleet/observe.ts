import type { ImagePages } from './image-pages';
import { notedAttempt } from './ownership';
import type { Ledger } from '../../src/model/ledger';
import { accept, findGeneration } from '../../src/model/ledger-transitions';
import type { FleetJob, IntendedJob } from '../../src/model/supervisely/fleet/fleet-job';
import type { FleetSight } from '../../src/model/supervisely/fleet/plan-fleet';
import { parseRecordName } from '../../src/model/supervisely/group-names';
import { twinsAmong } from '../../src/model/supervisely/job-twins';
import { mapBounded } from '../shared/bounded';
import type { ServerJob, ServerJobInfo } from '../shared/supervisely/jobs';
import { absent, forgetDiscarded, groupJob, learn, nameOf, shownJobs, type Sight } from '../supervisely-labeling-job/observe';

/** Jobs that are asked for at once. */
const ASKED_AT_ONCE = 8;

/** A fleet's jobs with all their images, and what else stands under their names. */
export interface ObservedFleet extends FleetSight {
  /** Ids of jobs that a lost answer has made a second time, and that nobody has begun. */
  readonly twins: readonly number[];
  readonly notes: readonly string[];
  /** The ledger with what the server has taught. */
  readonly ledger: Ledger;
}

/** Looks at the fleet's jobs by name and dataset, archived ones too, and by the ids that the ledger knows. */
export async function observeFleet(sight: Sight, ledger: Ledger, pages: ImagePages): Promise<ObservedFleet> {
  const found = sorted(await shownJobs(sight, ledger), sight.myId);
  const ask = async (jobs: readonly ServerJob[]) => (await mapBounded(jobs, ASKED_AT_ONCE, ({ id }) => sight.jobs.info(id))).filter((one) => one !== undefined);
  const own = await ask(found.kept);
  const others = await ask(found.others);
  const learnt = own.reduce((before, job) => withAttempt(before, job), learn(ledger, own, sight));
  const known = own.map((job) => fleetJob(job, learnt, false));
  const present = forgetDiscarded(learnt, known);
  return {
    jobs: [...known, ...others.map((job) => fleetJob(job, learnt, true))],
    removed: await mapBounded(absent(present, known), ASKED_AT_ONCE, async ({ name, generation, tags: { attempt = '' } }) => (
      { userId: parseRecordName(name)!.userId, generation, attempt, imageIds: await pages.read(name) })),
    intended: intendedJobs(present),
    twins: found.twins,
    notes: found.notes,
    ledger: present,
  };
}

/** Of jobs of one name the first counts; whoever works on another one goes on, and keeps its images. */
function sorted(shown: ReadonlyMap<string, readonly ServerJob[]>, myId: number) {
  const kept: ServerJob[] = [];
  const others: ServerJob[] = [];
  const twins: number[] = [];
  for (const [name, jobs] of shown) {
    const byId = new Map(jobs.map((job) => [job.id, job]));
    const found = twinsAmong(jobs.map((job) => ({ ...job, name })), name);
    kept.push(byId.get(found.kept!.id)!);
    for (const { id, createdBy, startedAt } of [...found.removed, ...found.touched]) {
      if (found.removed.some((one) => one.id === id) && createdBy === myId && startedAt === null) twins.push(id);
      else others.push(byId.get(id)!);
    }
  }
  const notes = others.map(({ id, name }) => `job ${id} has the name of another one, "${name}", and is left alone: its images count as its labeler's`);
  return { kept, others, twins, notes };
}

/** A job that the ledger did not know tells itself with which attempt it was made. */
function withAttempt(ledger: Ledger, job: ServerJob): Ledger {
  const attempt = notedAttempt(job);
  const { name, arn, tags } = findGeneration(ledger, nameOf(job))!;
  return attempt === '' || tags.attempt !== undefined ? ledger : accept(ledger, name, { arn, tags: { ...tags, attempt } });
}

function fleetJob(job: ServerJobInfo, ledger: Ledger, foreign: boolean): FleetJob {
  const record = findGeneration(ledger, nameOf(job))!;
  return { ...groupJob(job, record), datasetId: job.datasetId, entities: job.entities, attempt: record.tags.attempt ?? '', foreign };
}

function intendedJobs({ generations }: Ledger): IntendedJob[] {
  return generations.filter(({ arn }) => arn === undefined)
    .map(({ name, generation, tags: { datasetId } }) => ({ userId: parseRecordName(name)!.userId, generation, datasetId: Number(datasetId) }));
}
