import { endStep } from './end-step';
import { type Outcome, PreparationFiles, type PreparedObject, sourceRef, type StepJob, type StepJobs } from './files';
import type { JobLook, Ports } from './ports';
import { begin, makeRest, pollSeconds, reportPrefix } from './start-step';
import { hasEnded, jobState } from '../../src/model/job-state';
import type { LookEvent, PreparationAnswer } from '../../src/s3batch/private/data-preparation-contract';
import { readReport, reportManifestUri } from '../shared/completion-report';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';

/** Tries of a job that fails as a whole; a role that was made a moment ago fails the first. */
const MOST_ATTEMPTS = 3;
const SHOWN_AFTER_MS = 24 * 3600_000;

/** Looks at a step's jobs; when all have ended, what succeeded goes on and what failed is written down. */
export async function lookAtStep(event: LookEvent, ports: Ports): Promise<PreparationAnswer> {
  const { folder, step, tags } = event;
  const files = new PreparationFiles(ports.objects, folder);
  if (await files.exists(files.objectsOf(step.number + 1))) return { next: 'done' };
  const attempt = await files.jobs(step.number);
  if (!attempt) throw new UserError(`step ${step.number} has not begun`);
  if (attempt.endedAt !== undefined) return endStep(event, attempt, undefined, files, ports);

  if (attempt.jobs.some(({ id }) => id === undefined)) return makeRest(attempt, files, step, tags, ports);

  const looks = await Promise.all(attempt.jobs.map(async ({ id }) => await ports.jobs.describe(id!) ?? unknownJob(attempt, ports.now())));
  const states = looks.map(({ status }) => jobState('s3batch', status));
  const unknown = looks.find((_, index) => states[index] === undefined);
  if (unknown) throw new UserError(`a job is in status ${unknown.status}, which this version does not know`);
  if (!states.every((state) => hasEnded(state!))) return { next: 'again', waitSeconds: pollSeconds(attempt.intendedAt, ports.now()) };

  const { outcomes, left } = await outcomesOf(attempt, looks, event, files, ports);
  if (left.length > 0 && attempt.attempt < MOST_ATTEMPTS && attempt.jobs.some((job, index) => goesOn(job, looks[index]))) {
    log('objects without a result are tried again', { step: step.number, left: left.length, jobs: looks });
    await files.write(files.step(step.number, `outcome-${attempt.attempt}.jsonl`), outcomes);
    return begin(attempt.attempt + 1, left.map(({ object }) => object), files, step, tags, ports);
  }
  const earlier: Outcome[] = [];
  for (let number = 1; number < attempt.attempt; number++) earlier.push(...await files.readIfThere<Outcome>(files.step(step.number, `outcome-${number}.jsonl`)));
  return endStep(event, { ...attempt, endedAt: ports.now() }, [...earlier, ...outcomes, ...left], files, ports);
}

/** Right after a job was made S3 may not show it; later, it has ended long ago and is forgotten: its report still says what it has done. */
function unknownJob({ intendedAt }: StepJobs, now: number): JobLook {
  return now - intendedAt < SHOWN_AFTER_MS ? { status: 'New', reasons: '' } : { status: 'Failed', reasons: 'S3 does not know the job any more' };
}

/** A failed job did not get to all of its objects; what a person cancelled stays cancelled. */
function goesOn({ cancelledByUs }: StepJob, { status }: JobLook): boolean {
  return status === 'Failed' || (status === 'Cancelled' && cancelledByUs === true);
}

/** What the reports say of each object, and the objects of which they say nothing. */
async function outcomesOf(
  attempt: StepJobs, looks: readonly JobLook[], { folder, step }: LookEvent, files: PreparationFiles, ports: Ports,
): Promise<{ outcomes: Outcome[]; left: Outcome[] }> {
  const pending = new Map<string, PreparedObject>();
  const begun = await attempted(attempt, step.number, files);
  for (const object of begun) pending.set(sourceRef(object), object);
  const outcomes: Outcome[] = [];
  for (const { id } of attempt.jobs) {
    const report = reportManifestUri(folder.bucket, reportPrefix(folder.prefix, step.number), id!);
    for await (const { bucket, key = '', status, message, errorCode } of readReport(report, ports.objects)) {
      const object = pending.get(sourceRef({ bucket, key }));
      if (!object) continue;
      pending.delete(sourceRef(object));
      outcomes.push({ object, succeeded: status === 'succeeded', message, errorCode });
    }
  }
  const whyNot = new Map(attempt.jobs.map(({ bucket, id }, index) => [bucket, `job ${id} has ended as ${looks[index].status} without a result: ${looks[index].reasons}`]));
  const left = [...pending.values()].map((object) => ({ object, succeeded: false, message: whyNot.get(object.bucket) ?? 'no job was made for it' }));
  return { outcomes, left };
}

/** The objects of this attempt: those of the step that no earlier one has a result of. */
async function attempted({ attempt }: StepJobs, step: number, files: PreparationFiles): Promise<PreparedObject[]> {
  const objects = await files.read<PreparedObject>(files.objectsOf(step));
  const done = new Set<string>();
  for (let number = 1; number < attempt; number++) {
    for await (const { object } of files.readLines<Outcome>(files.step(step, `outcome-${number}.jsonl`))) done.add(sourceRef(object));
  }
  return done.size === 0 ? objects : objects.filter((object) => !done.has(sourceRef(object)));
}
