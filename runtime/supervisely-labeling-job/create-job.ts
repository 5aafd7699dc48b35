import { describeEmptySelection, isEmptySelection } from './empty-selection';
import { jobSpec } from './job-spec';
import type { Look } from './look';
import { ownerNote } from './ownership';
import type { Ports } from './ports';
import type { Resolved } from './resolve';
import { jobName } from '../../src/model/groundtruth/names';
import type { GenerationRecord } from '../../src/model/ledger';
import { accept, findGeneration, intend, withdraw } from '../../src/model/ledger-transitions';
import { withOwner } from '../../src/model/supervisely/custom-data';
import { mark, placeTags } from '../../src/model/supervisely/group-ledger';
import { recordName } from '../../src/model/supervisely/group-names';
import type { CreateJobStep } from '../../src/model/supervisely/group-steps';
import { type JobOwner, jobTitle } from '../../src/model/supervisely/job-names';
import { addJobRequest, editJobRequest, type SuperviselyJobSpec } from '../../src/model/supervisely/job-request';
import { UserError } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';
import { log } from '../shared/log';
import { refuseUnknownNames } from '../shared/supervisely/check-meta';
import { SuperviselyError } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';

/**
 * Makes a labeler's job. Its name is in the ledger before the server is asked, and on the server it is looked for once more: whoever crashes here,
 * or never hears an answer, is followed by somebody who finds the job, or makes exactly this one.
 */
export async function createJob(step: CreateJobStep, seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  const { spec, desired, caller } = seen;
  const resolved = seen.resolved!;
  const name = recordName(desired.id, step.generation, step.userId);
  const made = jobSpec(spec, resolved, step.from?.imageIds);
  await refuseUnknownNames(caller, resolved.dataset.projectId, made, 'job');
  const record = intention(name, step, desired, resolved, session, ports);
  await session.commit((ledger) => (findGeneration(ledger, name)?.arn === undefined ? intend(ledger, record) : ledger));

  const jobs = new ServerJobs(caller);
  const owner = { jobName: jobName(desired.id, step.generation), userId: step.userId };
  if (await isThere(jobTitle(made.title, owner), resolved, jobs)) return log('the job is there already, looking again', { name });
  const id = await add(made, owner, record, seen, session);
  if (id === undefined) return log('no job is made: no image is selected', { name });
  log('labeling job created', { id, name, images: step.from?.imageIds.length });
  await session.record((ledger) => accept(ledger, name, { arn: String(id), tags: { ...record.tags, settings: desired.settingsHash } }));
  const customData = withOwner(spec.editable.customData ?? {}, { ...ownerNote(session.ledger.owner, record) });
  await jobs.edit(editJobRequest(id, { customData }));
  await session.record((ledger) => accept(ledger, name, {
    arn: String(id), tags: { ...record.tags, settings: desired.settingsHash, customData: desired.customDataHash },
  }));
}

function intention(
  name: string, { generation, from }: CreateJobStep, { identity, revision }: Look['desired'], { team, dataset }: Resolved, session: LedgerSession, ports: Ports,
): GenerationRecord {
  const tags = placeTags({ teamId: team.id, datasetId: dataset.id });
  const { requestId } = session.ledger.desired!;
  return { name, identity, generation, revision, requestId, intendedAt: ports.now(), tags, ...(from && { resumes: from.name }) };
}

/** Whatever came between the look and now: a request of an invocation that was given up may reach the server late. */
async function isThere(title: string, { team, dataset }: Resolved, jobs: ServerJobs): Promise<boolean> {
  for await (const job of jobs.list(team.id, { datasetId: dataset.id, name: title, showDisabled: true })) return job.name === title;
  return false;
}

/**
 * A refusal is final; after anything else nobody knows, and the next look shows it. Undefined where an import has brought all labels: that is an end,
 * and is remembered as one. Of any other dataset it is a mistake in the declaration.
 */
async function add(
  made: SuperviselyJobSpec, owner: JobOwner, { name, resumes }: GenerationRecord, { spec, resolved, caller }: Look, session: LedgerSession,
): Promise<number | undefined> {
  try {
    return await new ServerJobs(caller).add(addJobRequest(made, owner));
  } catch (error) {
    if (!(error instanceof SuperviselyError)) throw error;
    const nothing = isEmptySelection(error);
    const isEnd = nothing && spec.dataset.importRecord !== undefined && resumes === undefined;
    await session.record((ledger) => (isEnd ? mark(ledger, name, { empty: 'true' }) : withdraw(ledger, name)));
    if (isEnd) return undefined;
    throw new UserError(`jobs.add for ${name}: ${error.reason}${nothing ? `; ${describeEmptySelection(resolved!.dataset, made)}` : ''}`, error);
  }
}
