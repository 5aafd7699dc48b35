import type { Size } from '../forms/shapes';

/** A worker's own view of a pixel weighs more than that of each neighbour. */
const OWN_WEIGHT = 4;

/** The class of each pixel by the workers' votes, smoothed: those of the four neighbours count as well. A single mask stands as it is. */
export function vote(masks: readonly Uint8Array[], { width, height }: Size, classes: number): Uint8Array {
  if (masks.length === 1) {
    return masks[0];
  }
  const outcome = new Uint8Array(width * height);
  const votes = new Uint32Array(classes);
  for (let pixel = 0; pixel < outcome.length; pixel++) {
    outcome[pixel] = unanimous(masks, pixel) ?? winner(masks, pixel, width, height, votes);
  }
  return outcome;
}

function unanimous(masks: readonly Uint8Array[], pixel: number): number | undefined {
  const first = masks[0][pixel];
  for (let index = 1; index < masks.length; index++) {
    if (masks[index][pixel] !== first) {
      return undefined;
    }
  }
  return first;
}

/** Of classes with as many votes the lowest. */
function winner(masks: readonly Uint8Array[], pixel: number, width: number, height: number, votes: Uint32Array): number {
  votes.fill(0);
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  for (const mask of masks) {
    votes[mask[pixel]] += OWN_WEIGHT;
    if (x > 0) votes[mask[pixel - 1]]++;
    if (x < width - 1) votes[mask[pixel + 1]]++;
    if (y > 0) votes[mask[pixel - width]]++;
    if (y < height - 1) votes[mask[pixel + width]]++;
  }
  return votes.indexOf(Math.max(...votes));
}
