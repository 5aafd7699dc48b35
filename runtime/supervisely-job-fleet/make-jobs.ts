import type { FleetLook, FleetObserver } from './look';
import { fleetNote } from './ownership';
import { jobName } from '../../src/model/groundtruth/names';
import type { GenerationRecord, Ledger } from '../../src/model/ledger';
import { accept, findGeneration, intend, withdraw } from '../../src/model/ledger-transitions';
import { withOwner } from '../../src/model/supervisely/custom-data';
import type { CreateFleetJob } from '../../src/model/supervisely/fleet/fleet-steps';
import { placeTags } from '../../src/model/supervisely/group-ledger';
import { recordName } from '../../src/model/supervisely/group-names';
import { jobTitle } from '../../src/model/supervisely/job-names';
import { addJobRequest, editJobRequest, type SuperviselyJobSpec } from '../../src/model/supervisely/job-request';
import { UserError } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { SuperviselyError } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';

export type LedgerChange = (ledger: Ledger) => Ledger;

interface NewJob {
  readonly step: CreateFleetJob;
  readonly record: GenerationRecord;
}

/** Written down before the server is asked: the names of the jobs in the ledger, their images beside it. */
export async function intendJobs(
  steps: readonly CreateFleetJob[], { desired, resolved }: FleetLook, { pages }: FleetObserver, session: LedgerSession, now: number,
): Promise<NewJob[]> {
  const { id, identity, revision, attempt } = desired;
  const { requestId } = session.ledger.desired!;
  const made = steps.map((step): NewJob => {
    const { generation, userId, datasetId } = step;
    const tags = { ...placeTags({ teamId: resolved.team.id, datasetId }), ...(attempt !== '' && { attempt }) };
    return { step, record: { name: recordName(id, generation, userId), identity, generation, revision, requestId, intendedAt: now, tags } };
  });
  for (const { record, step } of made) await pages.write(record.name, step.imageIds);
  const open = (ledger: Ledger, record: GenerationRecord) => findGeneration(ledger, record.name)?.arn === undefined;
  await session.commit((ledger) => made.reduce((before, { record }) => (open(before, record) ? intend(before, record) : before), ledger));
  return made;
}

/** Makes one job and says what the ledger is to know of it. Whoever crashes here is followed by somebody who finds the job by its name. */
export async function makeJob({ step, record }: NewJob, seen: FleetLook, { caller }: FleetObserver, session: LedgerSession): Promise<LedgerChange> {
  const jobs = new ServerJobs(caller);
  const owner = { jobName: jobName(seen.desired.id, step.generation), userId: step.userId };
  const made = fleetJobSpec(step, seen);
  if (await isThere(jobTitle(made.title, owner), step.datasetId, seen, jobs)) {
    log('the job is there already, looking again', { name: record.name });
    return (ledger) => ledger;
  }
  const id = await add(addJobRequest(made, owner), record.name, jobs, session);
  log('labeling job created', { id, name: record.name, images: step.imageIds.length });
  const customData = withOwner(seen.spec.editable.customData ?? {}, { ...fleetNote(session.ledger.owner, record) });
  await jobs.edit(editJobRequest(id, { customData }));
  const { settingsHash: settings, customDataHash } = seen.desired;
  const tags = { ...record.tags, ...settings !== undefined && { settings }, customData: customDataHash };
  return (ledger) => accept(ledger, record.name, { arn: String(id), tags });
}

function fleetJobSpec({ datasetId, imageIds }: CreateFleetJob, { spec, resolved }: FleetLook): SuperviselyJobSpec {
  const { attempt: _, ...settings } = spec.settings;
  const { reviewer: __, customData: ___, ...editable } = spec.editable;
  return { ...settings, ...spec.work, ...editable, datasetId, imageIds, ...(resolved.reviewer && { reviewerId: resolved.reviewer.id }) };
}

/** Whatever came between the look and now: a request of an invocation that was given up may reach the server late. */
async function isThere(title: string, datasetId: number, { resolved: { team } }: FleetLook, jobs: ServerJobs): Promise<boolean> {
  for await (const job of jobs.list(team.id, { datasetId, name: title, showDisabled: true })) return job.name === title;
  return false;
}

/** A refusal is final; after anything else nobody knows, and the next look shows it. */
async function add(request: Readonly<Record<string, unknown>>, name: string, jobs: ServerJobs, session: LedgerSession): Promise<number> {
  try {
    return await jobs.add(request);
  } catch (error) {
    if (!(error instanceof SuperviselyError)) throw error;
    await session.record((ledger) => withdraw(ledger, name));
    throw new UserError(`jobs.add for ${name}: ${error.reason}`, error);
  }
}
