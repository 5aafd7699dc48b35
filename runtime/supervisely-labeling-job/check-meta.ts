import type { SuperviselyJobSpec } from '../../src/model/supervisely/job-request';
import type { ProjectMeta } from '../../src/model/supervisely/project-meta';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { cut } from '../shared/supervisely/lookups';

/** Before the first job of a group is made: a class or tag that the project lacks would be found out at the last of them only. */
export async function refuseUnknownNames(caller: Caller, projectId: number, spec: SuperviselyJobSpec): Promise<void> {
  const tags = [...spec.tags ?? [], ...spec.readOnlyTags ?? [], ...spec.includeImagesWithTags ?? [], ...spec.excludeImagesWithTags ?? []];
  if (tags.length === 0 && !spec.classes?.length) return;
  const meta = await caller.call<ProjectMeta>('projects.meta', { id: projectId });
  const problems = [
    ...missing(projectId, 'class', 'classes', spec.classes ?? [], meta.classes.map(({ title }) => title)),
    ...missing(projectId, 'tag', 'tags', tags, meta.tags.map(({ name }) => name)),
  ];
  if (problems.length > 0) throw new UserError(`${problems.join('; ')}. Add them first, as ProjectMeta does; no job was made`);
}

function missing(projectId: number, one: string, many: string, wanted: readonly string[], there: readonly string[]): string[] {
  const unknown = [...new Set(wanted)].filter((name) => !there.includes(name));
  if (unknown.length === 0) return [];
  return [`the project ${projectId} has no ${one} ${unknown.map((name) => JSON.stringify(name)).join(', ')}; its ${many}: ${cut(there)}`];
}
