import type { Caller } from './client';
import { cut, named, orAbsent, type Team } from './lookups';
import { allOf } from './pages';
import type { DatasetReference } from '../../../src/model/supervisely/group-spec';
import { UserError } from '../errors';

export interface Dataset {
  readonly id: number;
  readonly name: string;
  readonly projectId: number;
  readonly teamId: number;
}

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly teamId: number;
  /** `images`, `videos` and so on. */
  readonly type?: string;
}

type ListedDataset = Omit<Dataset, 'teamId'> & { readonly teamId?: number };

/** A dataset by id, or by its name within a project. */
export async function findDataset(caller: Caller, reference: DatasetReference, teamId: number | undefined): Promise<Dataset> {
  const { id, name, projectId } = reference;
  const dataset = id === undefined ? await byName(caller, name!, projectId!) : await orAbsent(() => caller.call<ListedDataset>('datasets.info', { id }));
  if (!dataset) {
    throw new UserError(`there is no dataset ${id} on ${caller.serverUrl}, or the owner of the API token may not see it; datasets: ${await datasetsSeen(caller, teamId)}`);
  }
  if (projectId !== undefined && dataset.projectId !== projectId) {
    throw new UserError(`the dataset ${dataset.id} ("${dataset.name}") belongs to the project ${dataset.projectId}, not to ${projectId}: correct one of them`);
  }
  // not every release of the server says it of datasets
  return { ...dataset, teamId: dataset.teamId ?? (await findProject(caller, dataset.projectId)).teamId };
}

async function byName(caller: Caller, name: string, projectId: number): Promise<ListedDataset> {
  const project = await findProject(caller, projectId);
  const datasets = await allOf<ListedDataset>(caller, 'datasets.list', { projectId, recursive: true });
  const found = datasets.filter((one) => one.name === name);
  if (found.length === 1) return found[0];
  const among = `the project ${projectId} ("${project.name}") has ${found.length === 0 ? 'no dataset' : `${found.length} datasets`} named ${JSON.stringify(name)}`;
  throw new UserError(`${among}; its datasets: ${named(datasets)}${found.length === 0 ? '' : ': name the one that is meant by its id'}`);
}

export async function findProject(caller: Caller, id: number): Promise<Project> {
  const project = await orAbsent(() => caller.call<Project>('projects.info', { id }));
  if (project) return project;
  throw new UserError(`there is no project ${id} on ${caller.serverUrl}, or the owner of the API token may not see it; projects: ${await projectsSeen(caller)}`);
}

/** For messages: what the token's owner may see. */
export async function projectsSeen(caller: Caller): Promise<string> {
  return named(await projectsOf(caller, (await allOf<Team>(caller, 'teams.list', {})).map(({ id }) => id)));
}

/** Projects whose datasets a message names: each costs a request. */
const LOOKED_INTO = 10;

async function datasetsSeen(caller: Caller, teamId: number | undefined): Promise<string> {
  const teams = teamId === undefined ? (await allOf<Team>(caller, 'teams.list', {})).map(({ id }) => id) : [teamId];
  const projects = await projectsOf(caller, teams);
  const texts: string[] = [];
  for (const { id, name } of projects.slice(0, LOOKED_INTO)) {
    const datasets = await allOf<ListedDataset>(caller, 'datasets.list', { projectId: id, recursive: true });
    texts.push(...datasets.map((one) => `${one.id} ("${one.name}" of the project ${id}, "${name}")`));
  }
  return cut(texts);
}

async function projectsOf(caller: Caller, teamIds: readonly number[]): Promise<Project[]> {
  const projects: Project[] = [];
  for (const groupId of teamIds) projects.push(...await orAbsent(() => allOf<Project>(caller, 'projects.list', { groupId })) ?? []);
  return projects;
}
