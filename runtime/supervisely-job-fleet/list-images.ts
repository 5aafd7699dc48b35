import type { ResolvedSet } from './resolve';
import type { FleetSet } from '../../src/model/supervisely/fleet/desired-fleet';
import type { ProjectMeta } from '../../src/model/supervisely/project-meta';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { cut } from '../shared/supervisely/lookups';
import { entitiesOf } from '../shared/supervisely/pages';

interface ListedImage {
  readonly id: number;
  readonly tags?: ReadonlyArray<{ readonly tagId: number }>;
}

export interface ListedSets {
  readonly sets: readonly FleetSet[];
  /** What was named by its id and is not in its dataset. */
  readonly missing: ReadonlyMap<ResolvedSet, readonly number[]>;
}

/** The images that each set selects now. Each dataset is listed once, whatever sets are about it, and of an image nothing but its id is kept. */
export async function listSets(caller: Caller, sets: readonly ResolvedSet[]): Promise<ListedSets> {
  const selected = sets.map((): number[] => []);
  for (const datasetId of new Set(sets.map(({ found }) => found.id))) {
    const chosen = await Promise.all(sets.map((set) => set.found.id === datasetId ? selector(caller, set) : () => false));
    for await (const image of entitiesOf<ListedImage>(caller, 'images.list', { datasetId, recursive: false })) {
      chosen.forEach((selects, index) => { if (selects(image)) selected[index].push(image.id); });
    }
  }
  const missing = new Map(sets.flatMap((set, index) => {
    const there = new Set(selected[index]);
    const gone = (set.imageIds ?? []).filter((id) => !there.has(id));
    return gone.length > 0 ? [[set, gone] as const] : [];
  }));
  const listed = sets.map(({ found, imageIds }, index) => ({ datasetId: found.id, imageIds: selected[index], ...(imageIds && { listed: new Set(imageIds) }) }));
  return { sets: listed, missing };
}

export function missingImages(missing: ListedSets['missing']): string[] {
  return [...missing].map(([{ found }, ids]) => `the dataset ${found.id} ("${found.name}") has no image ${cut(ids.map(String))}`);
}

async function selector(caller: Caller, set: ResolvedSet): Promise<(image: ListedImage) => boolean> {
  const { imageIds, includeImagesWithTags: included = [], excludeImagesWithTags: excluded = [] } = set;
  const listed = imageIds && new Set(imageIds);
  if (included.length + excluded.length === 0) return ({ id }) => !listed || listed.has(id);
  const ids = await tagIds(caller, set.found.projectId);
  const [has, lacks] = [included, excluded].map((names) => names.map((name) => ids(name)));
  return ({ id, tags = [] }) => (!listed || listed.has(id))
    && has.every((tag) => tags.some(({ tagId }) => tagId === tag)) && !lacks.some((tag) => tags.some(({ tagId }) => tagId === tag));
}

async function tagIds(caller: Caller, projectId: number): Promise<(name: string) => number> {
  const { tags } = await caller.call<ProjectMeta>('projects.meta', { id: projectId });
  return (name) => {
    const tag = tags.find((one) => one.name === name);
    if (typeof tag?.id === 'number') return tag.id;
    throw new UserError(`the project ${projectId} has no tag ${JSON.stringify(name)}; its tags: ${cut(tags.map((one) => one.name))}. Add it first, as ProjectMeta does`);
  };
}
