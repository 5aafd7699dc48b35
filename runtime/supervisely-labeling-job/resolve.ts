import type { ImportRecords } from './ports';
import type { JobPlace } from '../../src/model/supervisely/group-ledger';
import type { DatasetReference, GroupSpec } from '../../src/model/supervisely/group-spec';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { type Dataset, findDataset } from '../shared/supervisely/datasets';
import { type ServerJobInfo, ServerJobs } from '../shared/supervisely/jobs';
import { type Account, findTeam, memberAmong, type Member, membersOf, type Team } from '../shared/supervisely/lookups';

/** A group's declaration with all names looked up. Whatever is not there is an error, before anything is made. */
export interface Resolved {
  readonly team: Team;
  readonly dataset: Dataset;
  readonly labelers: readonly Member[];
  readonly reviewer?: Member;
  /** In whose name the jobs are made. */
  readonly me: Account;
  /** The job on the server whose settings are the defaults. */
  readonly clone?: ServerJobInfo;
}

/** A declaration whose dataset is still being made. */
export interface Awaiting {
  /** URI of the import's record. */
  readonly waitsFor: string;
  /** As far as it is declared. */
  readonly team?: Team;
  readonly me: Account;
}

export function isAwaiting(resolution: Resolved | Awaiting): resolution is Awaiting {
  return 'waitsFor' in resolution;
}

/** `known` is where the jobs are already: they stay where they are, whatever becomes of an import's record. */
export async function resolveGroup(caller: Caller, spec: GroupSpec, imports: ImportRecords, known?: JobPlace): Promise<Resolved | Awaiting> {
  const me = await caller.call<Account>('users.me', {});
  const clone = spec.work.cloneOf === undefined ? undefined : await cloned(caller, spec.work.cloneOf);
  const reference = await datasetOf(spec, clone, imports, known);
  if (reference === undefined) {
    const team = spec.teamId === undefined ? undefined : await findTeam(caller, spec.teamId);
    // wrong names are found now, and not in the night in which the import ends
    if (team) await peopleOf(caller, spec, clone, team);
    return { waitsFor: spec.dataset.importRecord!, team, me };
  }
  const dataset = await findDataset(caller, reference, spec.teamId);
  const team = await findTeam(caller, spec.teamId ?? dataset.teamId);
  if (dataset.teamId !== team.id) {
    throw new UserError(`the dataset ${dataset.id} ("${dataset.name}") belongs to the team ${dataset.teamId}, not to ${team.id} ("${team.name}"): correct one of them`);
  }
  return { team, dataset, me, clone, ...await peopleOf(caller, spec, clone, team) };
}

/** Undefined while an import makes it. */
async function datasetOf(spec: GroupSpec, clone: ServerJobInfo | undefined, imports: ImportRecords, known?: JobPlace): Promise<DatasetReference | undefined> {
  const { id, name, importRecord } = spec.dataset;
  if (importRecord !== undefined) {
    const datasetId = (await imports.read(importRecord))?.datasetId ?? known?.datasetId;
    return datasetId === undefined ? undefined : { id: datasetId };
  }
  return clone && id === undefined && name === undefined ? { id: clone.datasetId } : spec.dataset;
}

async function peopleOf(caller: Caller, spec: GroupSpec, clone: ServerJobInfo | undefined, team: Team): Promise<Pick<Resolved, 'labelers' | 'reviewer'>> {
  const members = await membersOf(caller, team.id);
  const labelers = spec.labelers.length === 0 && clone ? [{ id: clone.userId }] : spec.labelers;
  const reviewer = spec.editable.reviewer ?? (clone?.reviewerId ? { id: clone.reviewerId } : undefined);
  return {
    labelers: distinct(labelers.map((one) => memberAmong(members, one, team, 'the labeler'))),
    reviewer: reviewer && memberAmong(members, reviewer, team, 'the reviewer'),
  };
}

async function cloned(caller: Caller, id: number): Promise<ServerJobInfo> {
  const job = await new ServerJobs(caller).info(id);
  if (job) return job;
  throw new UserError(`there is no job ${id} to be cloned on ${caller.serverUrl}, or the owner of the API token may not see it: correct the id, or declare the settings`);
}

/** One person may be declared by id and by login. */
function distinct(members: readonly Member[]): Member[] {
  const twin = members.find((member, index) => members.findIndex(({ id }) => id === member.id) < index);
  if (twin) throw new UserError(`the labeler "${twin.login}" (${twin.id}) is declared twice: name them once`);
  return [...members];
}
