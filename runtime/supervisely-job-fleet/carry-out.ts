import type { FleetLook, FleetObserver } from './look';
import { intendJobs, type LedgerChange, makeJob } from './make-jobs';
import { fleetNote } from './ownership';
import type { Ports } from './ports';
import { findGeneration, forget, recordStop } from '../../src/model/ledger-transitions';
import { withOwner, withoutOwner } from '../../src/model/supervisely/custom-data';
import type { FleetJob } from '../../src/model/supervisely/fleet/fleet-job';
import { describeFleetStep, type FleetStep } from '../../src/model/supervisely/fleet/fleet-steps';
import { mark } from '../../src/model/supervisely/group-ledger';
import { editJobRequest } from '../../src/model/supervisely/job-request';
import { mapBounded } from '../shared/bounded';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { refuseUnknownNames } from '../shared/supervisely/check-meta';
import { isAbsent } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';

/** Steps that are written down together: what a crash may leave half-done. */
const BATCH = 20;
/** Calls that change something on the server, at once. */
const AT_ONCE = 4;

interface Act { readonly seen: FleetLook; readonly observer: FleetObserver; readonly jobs: ServerJobs; readonly session: LedgerSession; readonly ports: Ports }

/** Carries out a plan, a batch after the other, as long as there is time; what is left is in the next look's plan. Answers with what was done. */
export async function carryOut(seen: FleetLook, observer: FleetObserver, session: LedgerSession, ports: Ports, isTimeLeft: () => boolean): Promise<string[]> {
  const act: Act = { seen, observer, session, ports, jobs: new ServerJobs(observer.caller) };
  if (seen.twins.length > 0) {
    log('jobs that a lost answer has made twice are removed', { ids: seen.twins });
    await act.jobs.remove(seen.twins);
  }
  const { steps } = seen.plan;
  if (steps.some(({ kind }) => kind === 'create')) await refuseMissing(act);
  const done: string[] = [];
  for (let from = 0; from < steps.length && (from === 0 || isTimeLeft()); from += BATCH) {
    const batch = steps.slice(from, from + BATCH);
    batch.forEach((step) => log('plan', { step: describeFleetStep(step) }));
    await carryOutBatch(batch, act);
    done.push(...batch.map(describeFleetStep));
  }
  return done;
}

async function refuseMissing({ seen: { spec, resolved }, observer: { caller } }: Act): Promise<void> {
  for (const projectId of new Set(resolved.sets.map(({ found }) => found.projectId))) {
    await refuseUnknownNames(caller, projectId, { ...spec.work, readOnlyTags: spec.settings.readOnlyTags }, 'job');
  }
}

/** Intentions first, all of them; then the acts, some at once; then their results, all at once: acts must not write into each other's ledger. */
async function carryOutBatch(steps: readonly FleetStep[], act: Act): Promise<void> {
  const { seen, observer, session, ports } = act;
  const stops = steps.flatMap((step) => (step.kind === 'stop' ? [step] : []));
  const discards = steps.flatMap((step) => (step.kind === 'discard' ? [step.job] : []));
  await session.commit((ledger) => {
    const stop = { at: ports.now(), requestId: ledger.requests.at(-1)!.id };
    const stopping = stops.reduce((before, { job, why }) => recordStop(before, job.name, { ...stop, why }), ledger);
    return discards.reduce((before, { name }) => mark(before, name, { discarded: 'true' }), stopping);
  });
  await mapBounded(stops, AT_ONCE, ({ job }) => unlessGone(job, () => act.jobs.stop(job.jobId)));
  await discard(discards, act);
  await observer.pages.forget(discards.map(({ name }) => name));
  await recordAll(steps.flatMap((step) => (step.kind === 'edit' ? [step] : [])), (step) => edit(step, act), session);
  const created = steps.flatMap((step) => (step.kind === 'create' ? [step] : []));
  if (created.length === 0) return;
  const intended = await intendJobs(created, seen, observer, session, ports.now());
  await recordAll(intended, (one) => makeJob(one, seen, observer, session), session);
}

/** Everything that was begun ends, and what succeeded is written down, before a failure is told. */
async function recordAll<Item>(items: readonly Item[], work: (item: Item) => Promise<LedgerChange>, session: LedgerSession): Promise<void> {
  const failures: unknown[] = [];
  const changes = await mapBounded(items, AT_ONCE, (item) => work(item).catch((error: unknown): LedgerChange => {
    failures.push(error);
    return (ledger) => ledger;
  }));
  if (items.length > 0) await session.record((ledger) => changes.reduce((before, change) => change(before), ledger));
  if (failures.length > 0) throw failures[0];
}

/** Looks once more before it removes for ever: a job that somebody has taken up meanwhile is left alone. */
async function discard(jobs: readonly FleetJob[], { jobs: server, session }: Act): Promise<void> {
  const present = await mapBounded(jobs, AT_ONCE, ({ jobId }) => server.info(jobId));
  const gone = present.flatMap((job) => (job && job.status === 'stopped' && job.startedAt === null ? [job.id] : []));
  if (gone.length > 0) await server.remove(gone);
  const names = jobs.filter(({ jobId }, index) => gone.includes(jobId) || present[index] === undefined).map(({ name }) => name);
  if (names.length > 0) await session.record((ledger) => names.reduce((before, name) => forget(before, name), ledger));
}

async function edit({ job, settings, customData }: Extract<FleetStep, { kind: 'edit' }>, { seen, jobs, session }: Act): Promise<LedgerChange> {
  const { spec: { editable: { reviewer: _, customData: wanted, ...flags } }, resolved, desired } = seen;
  const present = customData && wanted === undefined ? (await jobs.info(job.jobId))?.customData ?? {} : {};
  const ours = withOwner(wanted ?? withoutOwner(present), { ...fleetNote(session.ledger.owner, findGeneration(session.ledger, job.name)!) });
  // a flag that is not declared any more is off
  const off = { disableConfirm: false, disableSubmit: false, enableIntermediateReview: false };
  const reviewer = resolved.reviewer && { reviewerId: resolved.reviewer.id };
  const edits = { ...(settings && { ...off, ...flags, ...reviewer }), ...(customData && { customData: ours }) };
  await unlessGone(job, () => jobs.edit(editJobRequest(job.jobId, edits)));
  const marks = { ...(settings && { settings: desired.settingsHash }), ...(customData && { customData: desired.customDataHash }) };
  return (ledger) => mark(ledger, job.name, marks);
}

/** Somebody has removed it in between: the next look shows that. */
async function unlessGone(job: FleetJob, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    log('the job is gone, looking again', { id: job.jobId, name: job.name });
  }
}
