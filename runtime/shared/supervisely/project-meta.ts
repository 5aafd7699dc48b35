import type { Caller } from './client';
import { projectsSeen } from './datasets';
import { SuperviselyBusy } from './errors';
import { orAbsent } from './lookups';
import { type MergedMeta, mergeProjectMeta, type ProjectMeta } from '../../../src/model/supervisely/project-meta';
import { UserError } from '../errors';

/** Writes in a row: whoever else changes the project at the same time does not do it for ever. */
const WRITES = 5;

/** What a project is to have. */
export type Needed = Pick<ProjectMeta, 'classes' | 'tags'>;

export async function projectMeta(caller: Caller, projectId: number): Promise<ProjectMeta> {
  const meta = await orAbsent(() => caller.call<ProjectMeta>('projects.meta', { id: projectId }));
  if (meta) return meta;
  throw new UserError(`there is no project ${projectId} on ${caller.serverUrl}, or the owner of the API token may not see it; projects: ${await projectsSeen(caller)}`);
}

/**
 * Adds what is missing, and answers what the project has then. The server replaces the whole: whoever wrote between our look and our write has lost
 * something, and is made whole by looking again.
 */
export async function addToProject(caller: Caller, projectId: number, before: ProjectMeta, wanted: Needed): Promise<ProjectMeta> {
  let needed = wanted;
  let now = before;
  for (let tries = 0; tries < WRITES; tries++) {
    const merged = mergeProjectMeta(now, needed);
    refuseConflicts(projectId, merged);
    if (!merged.isChanged) return now;
    await caller.call('projects.meta.update', { id: projectId, meta: merged.meta });
    // what we have seen must still be there, whoever has written meanwhile
    needed = merged.meta;
    now = await projectMeta(caller, projectId);
  }
  throw new SuperviselyBusy('projects.meta.update', `the project ${projectId} is being changed by somebody else`);
}

function refuseConflicts(projectId: number, { problems }: MergedMeta): void {
  if (problems.length > 0) throw new UserError(`the project ${projectId} has it otherwise: ${problems.join('; ')}. Nothing was changed`);
}
