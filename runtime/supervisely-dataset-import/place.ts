import { id } from '../../src/supervisely/private/connection-contract';
import type { ImportTarget } from '../../src/supervisely/private/dataset-import-contract';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { findProject, type Project, projectsSeen } from '../shared/supervisely/datasets';
import { SuperviselyBusy, SuperviselyError } from '../shared/supervisely/errors';
import { orAbsent } from '../shared/supervisely/lookups';
import { allOf } from '../shared/supervisely/pages';

/** Where the images go. */
export interface Place {
  readonly teamId: number;
  readonly projectId: number;
  readonly datasetId: number;
}

interface Named {
  readonly id: number;
  readonly name: string;
}

interface ListedProject extends Named {
  readonly teamId?: number;
  readonly type?: string;
}

/** Finds project and dataset, or makes them. Whoever calls again finds what was made. */
export async function findOrMake(caller: Caller, target: ImportTarget): Promise<Place> {
  const project = await projectOf(caller, target);
  if (project.type !== undefined && project.type !== 'images') {
    throw new UserError(`the project ${project.id} ("${project.name}") is one of ${project.type}: images need a project of images`);
  }
  const dataset = await foundOrMade(caller, 'datasets', { projectId: project.id }, target.DatasetName);
  return { teamId: project.teamId, projectId: project.id, datasetId: dataset.id };
}

async function projectOf(caller: Caller, { ProjectId, WorkspaceId, ProjectName }: ImportTarget): Promise<Project> {
  if (ProjectId !== undefined) return findProject(caller, id('Target.ProjectId', ProjectId));
  const workspaceId = id('Target.WorkspaceId', WorkspaceId);
  const workspace = await orAbsent(() => caller.call<Named & { readonly teamId: number }>('workspaces.info', { id: workspaceId }));
  if (!workspace) {
    throw new UserError(`there is no workspace ${workspaceId} on ${caller.serverUrl}, or the owner of the API token may not see it; projects: ${await projectsSeen(caller)}`);
  }
  const project = await foundOrMade(caller, 'projects', { workspaceId }, ProjectName!, { type: 'images' });
  return { ...project, teamId: project.teamId ?? workspace.teamId };
}

/** Names are unique among siblings, so that a second one cannot be made where an answer was lost. */
async function foundOrMade(caller: Caller, kind: 'projects' | 'datasets', within: Readonly<Record<string, number>>, name: string, more: object = {}): Promise<ListedProject> {
  const look = async (): Promise<ListedProject | undefined> => (await allOf<ListedProject>(caller, `${kind}.list`, {
    ...within, filter: [{ field: 'name', operator: '=', value: name }],
  })).find((one) => one.name === name);
  const found = await look();
  if (found) return found;
  try {
    return await caller.call<ListedProject>(`${kind}.add`, { ...within, name, ...more }, { once: true });
  } catch (error) {
    if (!(error instanceof SuperviselyBusy) && !(error instanceof SuperviselyError && error.status === 400)) throw error;
    const made = await look();
    if (made) return made;
    throw error;
  }
}

