import { id } from '../../src/supervisely/private/connection-contract';
import type { ImportTarget, MadeHere } from '../../src/supervisely/private/dataset-import-contract';
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

/** Is told before anything is made, and may refuse it. */
export type BeforeMaking = (what: keyof MadeHere) => Promise<void>;

/** Finds project and dataset, or makes them. Whoever calls again finds what was made. */
export async function findOrMake(caller: Caller, target: ImportTarget, beforeMaking?: BeforeMaking): Promise<Place> {
  const project = await projectOf(caller, target, beforeMaking);
  if (project.type !== undefined && project.type !== 'images') {
    throw new UserError(`the project ${project.id} ("${project.name}") is one of ${project.type}: images need a project of images`);
  }
  const within = { projectId: project.id };
  const dataset = await found(caller, 'datasets', within, target.DatasetName) ?? await made(caller, 'datasets', within, { name: target.DatasetName }, beforeMaking);
  return { teamId: project.teamId, projectId: project.id, datasetId: dataset.id };
}

async function projectOf(caller: Caller, { ProjectId, WorkspaceId, ProjectName }: ImportTarget, beforeMaking?: BeforeMaking): Promise<Project> {
  if (ProjectId !== undefined) return findProject(caller, id('Target.ProjectId', ProjectId));
  const workspaceId = id('Target.WorkspaceId', WorkspaceId);
  const workspace = await orAbsent(() => caller.call<Named & { readonly teamId: number }>('workspaces.info', { id: workspaceId }));
  if (!workspace) {
    throw new UserError(`there is no workspace ${workspaceId} on ${caller.serverUrl}, or the owner of the API token may not see it; projects: ${await projectsSeen(caller)}`);
  }
  const within = { workspaceId };
  const project = await found(caller, 'projects', within, ProjectName!)
    ?? await made(caller, 'projects', within, { name: ProjectName!, type: 'images' }, beforeMaking);
  return { ...project, teamId: project.teamId ?? workspace.teamId };
}

type Kind = 'projects' | 'datasets';
type Within = Readonly<Record<string, number>>;

export async function found(caller: Caller, kind: Kind, within: Within, name: string): Promise<ListedProject | undefined> {
  const named = await allOf<ListedProject>(caller, `${kind}.list`, { ...within, filter: [{ field: 'name', operator: '=', value: name }] });
  return named.find((one) => one.name === name);
}

/** Names are unique among siblings, so that a second one cannot be made where an answer was lost. */
async function made(
  caller: Caller, kind: Kind, within: Within, what: Pick<ListedProject, 'name' | 'type'>, beforeMaking: BeforeMaking | undefined,
): Promise<ListedProject> {
  await beforeMaking?.(kind === 'projects' ? 'project' : 'dataset');
  try {
    return await caller.call<ListedProject>(`${kind}.add`, { ...within, ...what }, { once: true });
  } catch (error) {
    if (!(error instanceof SuperviselyBusy) && !(error instanceof SuperviselyError && error.status === 400)) throw error;
    const after = await found(caller, kind, within, what.name);
    if (after) return after;
    throw error;
  }
}
