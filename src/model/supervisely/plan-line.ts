import { type GroupJob, isEnded } from './group-job';
import { type GroupPlan, merge, NOTHING, note, retire, step } from './group-steps';
import type { DesiredGroup, RemovedJob } from './plan-group';
import { planDeclared } from './plan-joiners';

/** What becomes of a labeler's jobs, of which at least one is known: `line` the newest first, `removed` those that somebody has removed. */
export function planLine(desired: DesiredGroup, userId: number, line: readonly GroupJob[], removed: readonly RemovedJob[]): GroupPlan {
  const [newest] = line;
  const lost = removed.find(({ generation }) => generation > (newest?.generation ?? 0));
  if (lost) return planLost(desired, userId, lost);
  const asked = planStatus(desired, newest);
  if (asked) return asked;
  if (isEnded(newest)) return planEnded(desired, newest, line);
  if (newest.revision === desired.revision) return planEdits(desired, newest);
  if (left(newest) > 0) return retire(newest, 'its settings change');
  return merge([planEdits(desired, newest), note(`the job ${newest.jobId} has no image left to label: the changed settings take effect on no job`)]);
}

/** What was done and accepted went with the job, so nothing is made for it unless the user asks for it. */
function planLost(desired: DesiredGroup, userId: number, { name, revision, generation }: RemovedJob): GroupPlan {
  if (revision !== desired.revision && desired.desiredStatus !== 'stopped') return planDeclared(desired, userId, generation + 1);
  return note(`the job ${name} was removed outside of this stack and is not made again: change "attempt" to make it on all of its images`);
}

/** A desired status is given once for each time that it is declared; afterwards people move the job on. */
function planStatus(desired: DesiredGroup, job: GroupJob): GroupPlan | undefined {
  const { desiredStatus } = desired;
  if (desiredStatus === undefined) return job.marks.status === undefined || job.stoppedByUs ? undefined : step({ kind: 'forget-status', job });
  if (job.marks.status === desiredStatus || job.disabled || job.revision !== desired.revision) return undefined;
  const why = 'as declared';
  if (desiredStatus === 'stopped') return job.status === 'stopped' ? undefined : step({ kind: 'stop', job, why, asDeclared: true });
  return step({ kind: 'set-status', job, status: desiredStatus, why, reopens: job.status === 'stopped' });
}

function planEnded(desired: DesiredGroup, job: GroupJob, line: readonly GroupJob[]): GroupPlan {
  const same = job.revision === desired.revision;
  if (desired.desiredStatus === 'stopped') return planEdits(desired, job);
  if (job.status === 'completed') return planCompleted(desired, job, line, same);
  if (!same) return left(job) > 0 ? goOn(job) : leave(desired, job, `the job ${job.jobId} has no image left to label: the changed settings take effect on no job`);
  if (job.stoppedByUs) return job.disabled ? goOn(job) : reopen(job, 'its stop is taken back');
  return planStoppedByPerson(desired, job, line);
}

function planCompleted(desired: DesiredGroup, job: GroupJob, line: readonly GroupJob[], same: boolean): GroupPlan {
  const changed = same ? NOTHING : note(`the job ${job.jobId} is completed: the changed settings take effect on no job`);
  if (left(job) === 0 || job.disabled) return merge([leave(desired, job), changed]);
  const rest = `the job ${job.jobId} is completed with ${job.rejected} images rejected and ${left(job) - job.rejected} not done`;
  if (desired.resume.rejected === 'RESTART') return mayTry(desired, job, line) ? goOn(job) : leave(desired, job, exhausted(rest));
  return merge([leave(desired, job, rest), changed]);
}

function planStoppedByPerson(desired: DesiredGroup, job: GroupJob, line: readonly GroupJob[]): GroupPlan {
  const what = `the job ${job.jobId} was ${job.disabled ? 'archived' : 'stopped'} outside of this stack and is left as it is, with ${left(job)} images left`;
  if (desired.resume.stopped === 'LEAVE' || left(job) === 0) return leave(desired, job, what);
  if (!mayTry(desired, job, line)) return leave(desired, job, exhausted(what));
  return job.disabled ? goOn(job) : reopen(job, 'it is resumed by policy');
}

function exhausted(what: string): string {
  return `${what}; no further attempt is left: change "attempt" to grant as many again`;
}

/** Attempts count over the jobs of one labeler and revision: every further job, and every reopening. */
function mayTry({ resume, revision }: DesiredGroup, job: GroupJob, line: readonly GroupJob[]): boolean {
  const same = line.filter((one) => one.revision === revision);
  const reopened = same.reduce((sum, { marks }) => sum + Number(marks.reopened ?? 0), 0);
  return same.length - 1 + reopened < resume.maxAttempts && job.revision === revision;
}

function goOn(job: GroupJob): GroupPlan {
  return left(job) === 0 ? NOTHING
    : step({ kind: 'create', userId: job.userId, generation: job.generation + 1, from: { name: job.name, imageIds: job.left! } });
}

/** No other job is needed: its id stays, and so does what people know it by. */
function reopen(job: GroupJob, why: string): GroupPlan {
  return step({ kind: 'set-status', job, status: job.finished > 0 || !job.untouched ? 'in_progress' : 'pending', why, reopens: true });
}

function leave(desired: DesiredGroup, job: GroupJob, text?: string): GroupPlan {
  return merge([planEdits(desired, job), ...(text === undefined ? [] : [note(text)])]);
}

/** What changes in place, of a job that is not hidden. */
function planEdits({ settingsHash, customDataHash }: DesiredGroup, job: GroupJob): GroupPlan {
  const settings = job.marks.settings !== settingsHash && !job.disabled;
  const customData = job.marks.customData !== customDataHash && !job.disabled;
  return settings || customData ? step({ kind: 'edit', job, settings, customData }) : NOTHING;
}

function left(job: GroupJob): number {
  return job.left?.length ?? 0;
}
