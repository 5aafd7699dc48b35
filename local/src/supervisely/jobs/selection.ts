import { badRequest } from '../errors';
import type { GivenMeta } from './spec';
import type { JobMeta } from '../store/job-records';
import type { Image, Project } from '../store/records';

/** What is chosen from. */
export interface Pool {
  /** For messages: `dataset 7 ("ds1")`. */
  readonly name: string;
  readonly images: readonly Image[];
}

/**
 * The images of a job: those named by id, else all of the dataset or collection; of them those within the range (places in the order of ids, from
 * 1), and of those the ones that the filter by tags lets through.
 */
export function selectImages(pool: Pool, project: Project, { entityIds = [] }: GivenMeta, meta: JobMeta): Image[] {
  const all = [...pool.images].sort((left, right) => left.id - right.id);
  const there = new Set(all.map(({ id }) => id));
  const unknown = entityIds.filter((id) => !there.has(id));
  if (unknown.length > 0) throw badRequest(`the ${pool.name} has no image ${unknown.join(', ')} of "meta.entityIds"`);
  const wanted = new Set(entityIds);
  const named = wanted.size === 0 ? all : all.filter(({ id }) => wanted.has(id));
  const { start, end } = meta.range;
  const inRange = named.slice((start ?? 1) - 1, end ?? undefined);
  const selected = inRange.filter((image) => meta.imageTags.every(({ name, positive }) => hasTag(project, image, name) === positive));
  if (selected.length === 0) throw badRequest('No images found: ids, range and tags together leave no image for the job');
  return selected;
}

function hasTag(project: Project, { tags }: Image, name: string): boolean {
  return tags.some(({ tagId }) => project.tags.find(({ id }) => id === tagId)?.name === name);
}
