import { pour } from './apportion';
import type { DesiredFleet, SetFinder } from './desired-fleet';
import type { FleetJob } from './fleet-job';
import type { Places } from './image-places';
import { claimsOn, type FreeImage, push, restOf, type SetRest, sizeOf } from './rest';
import { addBehind } from './stops';

/** Images that somebody gets of a set. */
export interface Portion {
  readonly userId: number;
  readonly datasetId: number;
  readonly imageIds: readonly number[];
}

/** Gives out all images that nobody has. Sets that have none go first: what their labelers hold counts already. */
export function shareOut(desired: DesiredFleet, finder: SetFinder, places: Places, jobs: readonly FleetJob[]): Portion[] {
  if (desired.labelers.length === 0) return [];
  const behind = desired.labelers.map(() => 0);
  const rests = restOf(desired, finder, places, jobs, new Set());
  return [...rests.filter(({ free }) => free.length === 0), ...rests.filter(({ free }) => free.length > 0)]
    .flatMap((rest) => shareSet(rest, desired, behind))
    .filter(({ imageIds }) => imageIds.length > 0);
}

function shareSet(rest: SetRest, desired: DesiredFleet, behind: number[]): Portion[] {
  const claims = claimsOn(rest, desired.labelers, behind);
  const shares = pour(sizeOf(rest), claims);
  addBehind(behind, desired, sizeOf(rest), shares);
  const room = shares.map((share, index) => share - claims[index].load);
  const bound = desired.labelers.map(({ userId }) => rest.free.filter((image) => image.bound && image.owner === userId));
  const others = rest.free.filter((image) => !image.bound);
  const theirs = keepOwn(others, desired, room);
  const kept = new Set(theirs.flat());
  const dealt = deal(others.filter((image) => !kept.has(image)), room);
  return desired.labelers.map(({ userId }, index) => (
    { userId, datasetId: rest.datasetId, imageIds: [...bound[index], ...theirs[index], ...dealt[index]].map(({ id }) => id) }));
}

/** The first images of what everybody had, up to their share; takes it from `room`. */
function keepOwn(images: readonly FreeImage[], { labelers }: DesiredFleet, room: number[]): FreeImage[][] {
  const byOwner = new Map<number | undefined, FreeImage[]>();
  for (const image of images) push(byOwner, image.owner, image);
  return labelers.map(({ userId }, index) => {
    const own = (byOwner.get(userId) ?? []).slice(0, room[index]);
    room[index] -= own.length;
    return own;
  });
}

/** One after the other gets the next images of what is left. */
function deal(images: readonly FreeImage[], room: readonly number[]): FreeImage[][] {
  let next = 0;
  return room.map((most) => {
    const part = images.slice(next, next + most);
    next += most;
    return part;
  });
}
