import type { Caller } from './client';
import { cut } from './lookups';
import type { ProjectMeta } from '../../../src/model/supervisely/project-meta';
import { UserError } from '../errors';

/** What a job or queue names of its project. */
interface NamedInProject {
  readonly classes?: readonly string[];
  readonly tags?: readonly string[];
  readonly readOnlyTags?: readonly string[];
  readonly includeImagesWithTags?: readonly string[];
  readonly excludeImagesWithTags?: readonly string[];
}

/** Before anything is made: of several jobs, a class or tag that the project lacks would be found out at the last of them only. */
export async function refuseUnknownNames(caller: Caller, projectId: number, spec: NamedInProject, what: 'job' | 'queue'): Promise<void> {
  const tags = [...spec.tags ?? [], ...spec.readOnlyTags ?? [], ...spec.includeImagesWithTags ?? [], ...spec.excludeImagesWithTags ?? []];
  if (tags.length === 0 && !spec.classes?.length) return;
  const meta = await caller.call<ProjectMeta>('projects.meta', { id: projectId });
  const problems = [
    ...missing(projectId, 'class', 'classes', spec.classes ?? [], meta.classes.map(({ title }) => title)),
    ...missing(projectId, 'tag', 'tags', tags, meta.tags.map(({ name }) => name)),
  ];
  if (problems.length > 0) throw new UserError(`${problems.join('; ')}. Add them first, as ProjectMeta does; no ${what} was made`);
}

function missing(projectId: number, one: string, many: string, wanted: readonly string[], there: readonly string[]): string[] {
  const unknown = [...new Set(wanted)].filter((name) => !there.includes(name));
  if (unknown.length === 0) return [];
  return [`the project ${projectId} has no ${one} ${unknown.map((name) => JSON.stringify(name)).join(', ')}; its ${many}: ${cut(there)}`];
}
