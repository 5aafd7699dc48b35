import { type Claim } from './apportion';
import type { DesiredFleet, SetFinder } from './desired-fleet';
import type { FleetJob, JobImage } from './fleet-job';
import type { Places } from './image-places';

/** What is not done of one set, and who has it. */
export interface SetRest {
  readonly index: number;
  readonly datasetId: number;
  /** By user: images in jobs that go on. */
  readonly held: ReadonlyMap<number, readonly HeldImage[]>;
  readonly free: readonly FreeImage[];
}

export interface HeldImage extends JobImage {
  readonly job: FleetJob;
}

export interface FreeImage {
  readonly id: number;
  /** The labeler who had it last, if they are still there. */
  readonly owner?: number;
  /** It was rejected, and goes back to them. */
  readonly bound: boolean;
}

/** Of each set, in the declared order. Images of jobs that end now are free, and their labelers' own. */
export function restOf(desired: DesiredFleet, finder: SetFinder, places: Places, jobs: readonly FleetJob[], ending: ReadonlySet<FleetJob>): SetRest[] {
  const present = new Set(desired.labelers.map(({ userId }) => userId));
  const held = desired.sets.map(() => new Map<number, HeldImage[]>());
  for (const job of jobs.filter((one) => present.has(one.userId) && !ending.has(one))) {
    for (const image of job.entities) {
      const place = places.of.get(image.id);
      const set = place?.at === 'held' && place.job === job ? finder.setOf(image.id, job.datasetId) : undefined;
      if (set !== undefined) push(held[set], job.userId, { ...image, job });
    }
  }
  const free = desired.sets.map((): FreeImage[] => []);
  const lastOrder = orderIn(jobs);
  for (const [id, set] of finder.selected) {
    const place = places.of.get(id);
    const owner = place?.at === 'free' ? place.owner : place?.at === 'held' && ending.has(place.job) ? place.job.userId : undefined;
    if (place !== undefined && owner === undefined) continue;
    const isThere = owner !== undefined && present.has(owner);
    free[set].push({ id, bound: isThere && place!.rejected === true, ...(isThere && { owner }) });
  }
  return desired.sets.map(({ datasetId }, index) => ({
    index, datasetId, held: held[index], free: free[index].sort((a, b) => placeOf(lastOrder, a.id) - placeOf(lastOrder, b.id) || a.id - b.id),
  }));
}

/** What each labeler brings along when a set is shared out. */
export function claimsOn({ held, free }: SetRest, labelers: DesiredFleet['labelers'], behind: readonly number[]): Claim[] {
  const owned = count(free.filter(({ bound }) => !bound));
  const bound = count(free.filter((image) => image.bound));
  return labelers.map(({ userId, weight }, index) => {
    const load = (held.get(userId)?.length ?? 0) + (bound.get(userId) ?? 0);
    return { weight, load, holds: load + (owned.get(userId) ?? 0), behind: behind[index] };
  });
}

export function sizeOf({ held, free }: SetRest): number {
  return free.length + [...held.values()].reduce((sum, images) => sum + images.length, 0);
}

function count(images: readonly FreeImage[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { owner } of images) if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return counts;
}

/** Places of images in the jobs that had them last: people go through a job from its beginning. */
function orderIn(jobs: readonly FleetJob[]): Map<number, number> {
  const order = new Map<number, number>();
  for (const { entities } of [...jobs].sort((a, b) => a.jobId - b.jobId)) entities.forEach(({ id }, place) => order.set(id, place));
  return order;
}

function placeOf(places: ReadonlyMap<number, number>, id: number): number {
  return places.get(id) ?? Number.MAX_SAFE_INTEGER;
}

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
