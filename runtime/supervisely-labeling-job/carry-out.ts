import { createJob } from './create-job';
import { jobEdits } from './job-spec';
import type { Look } from './look';
import { ownerNote } from './ownership';
import type { Ports } from './ports';
import { findGeneration, forget, recordStop } from '../../src/model/ledger-transitions';
import { withOwner, withoutOwner } from '../../src/model/supervisely/custom-data';
import type { GroupJob } from '../../src/model/supervisely/group-job';
import { mark, undoStop } from '../../src/model/supervisely/group-ledger';
import { describeStep, type GroupStep } from '../../src/model/supervisely/group-steps';
import { editJobRequest } from '../../src/model/supervisely/job-request';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { isAbsent } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';

export async function carryOut(seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  seen.plan.notes.forEach((note) => log('plan', { note }));
  const jobs = new ServerJobs(seen.caller);
  if (seen.twins.length > 0) {
    log('jobs that a lost answer has made twice are removed', { ids: seen.twins });
    await jobs.remove(seen.twins);
  }
  for (const step of seen.plan.steps) {
    log('plan', { step: describeStep(step) });
    await carryOutStep(step, seen, jobs, session, ports);
  }
}

async function carryOutStep(step: GroupStep, seen: Look, jobs: ServerJobs, session: LedgerSession, ports: Ports): Promise<void> {
  switch (step.kind) {
    case 'create': return createJob(step, seen, session, ports);
    case 'stop': {
      await stopJob(step.job, step.why, jobs, session, ports);
      if (step.asDeclared) await session.record((ledger) => mark(ledger, step.job.name, { status: 'stopped' }));
      return;
    }
    case 'discard': return discardJob(step.job, step.why, jobs, session, ports);
    case 'set-status': {
      await unlessGone(step.job, () => jobs.setStatus(step.job.jobId, step.status));
      return session.record((ledger) => afterStatus(undoStop(ledger, step.job.name), step, seen));
    }
    case 'forget-status': return session.record((ledger) => mark(ledger, step.job.name, { status: undefined }));
    case 'edit': return editJob(step, seen, jobs, session);
  }
}

/** A reopening by policy counts as an attempt; one that takes our own stop back does not. */
function afterStatus(ledger: LedgerSession['ledger'], { job }: Extract<GroupStep, { kind: 'set-status' }>, { spec, desired }: Look): LedgerSession['ledger'] {
  const byPolicy = desired.desiredStatus === undefined && !job.stoppedByUs;
  const reopened = byPolicy ? String(Number(job.marks.reopened ?? 0) + 1) : job.marks.reopened;
  return mark(ledger, job.name, { status: spec.desiredStatus, reopened });
}

/** The stop is written down first, so that nobody takes it for a person's. */
export async function stopJob(job: GroupJob, why: string, jobs: ServerJobs, session: LedgerSession, ports: Ports): Promise<void> {
  const requestId = session.ledger.requests.at(-1)!.id;
  await session.commit((ledger) => recordStop(ledger, job.name, { at: ports.now(), requestId, why }));
  await unlessGone(job, () => jobs.stop(job.jobId));
}

/** Looks once more before it removes for ever: who has begun in between keeps the job, stopped. */
async function discardJob(job: GroupJob, why: string, jobs: ServerJobs, session: LedgerSession, ports: Ports): Promise<void> {
  const now = await jobs.info(job.jobId);
  if (now && (now.status !== 'pending' || now.startedAt !== null)) return stopJob(job, why, jobs, session, ports);
  await session.commit((ledger) => mark(ledger, job.name, { discarded: 'true' }));
  if (now) await jobs.remove([job.jobId]);
  await session.record((ledger) => forget(ledger, job.name));
}

async function editJob(
  { job, settings, customData }: Extract<GroupStep, { kind: 'edit' }>, { spec, resolved, desired }: Look, jobs: ServerJobs, session: LedgerSession,
): Promise<void> {
  const record = findGeneration(session.ledger, job.name)!;
  const present = customData ? (await jobs.info(job.jobId))?.customData ?? {} : {};
  const ours = withOwner(spec.editable.customData ?? withoutOwner(present), { ...ownerNote(session.ledger.owner, record) });
  const request = editJobRequest(job.jobId, { ...(settings && jobEdits(spec, resolved!)), ...(customData && { customData: ours }) });
  await unlessGone(job, () => jobs.edit(request));
  await session.record((ledger) => mark(ledger, job.name, {
    ...(settings && { settings: desired.settingsHash }), ...(customData && { customData: desired.customDataHash }),
  }));
}

/** Somebody has removed it in between: the next look shows that. */
async function unlessGone(job: GroupJob, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    log('the job is gone, looking again', { id: job.jobId, name: job.name });
  }
}
