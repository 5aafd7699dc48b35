import type { SetFinder } from './desired-fleet';
import type { Places } from './image-places';

/** How far the images of all sets are. */
export interface FleetTally {
  readonly images: number;
  /** Done or accepted. */
  readonly finished: number;
  readonly accepted: number;
  readonly rejected: number;
  /** In no job: to be given out, or held back. */
  readonly unassigned: number;
}

export function tallyOf({ selected }: SetFinder, places: Places): FleetTally {
  // what no set selects any more counts only where somebody has or had it
  const known = [...places.of].filter(([, { at }]) => at !== 'free' && at !== 'parked').map(([id]) => id);
  const ids = new Set([...selected.keys(), ...known]);
  const tally = { images: ids.size, finished: 0, accepted: 0, rejected: 0, unassigned: 0 };
  for (const id of ids) {
    const place = places.of.get(id);
    if (place?.rejected) tally.rejected++;
    if (place === undefined || place.at === 'free' || place.at === 'parked') tally.unassigned++;
    if (place?.at !== 'finished') continue;
    tally.finished++;
    if (place.accepted) tally.accepted++;
  }
  return tally;
}
