import type { DesiredFleet, SetFinder } from './desired-fleet';
import type { ParkedWhy, Places } from './image-places';

const REASONS: Readonly<Record<ParkedWhy, string>> = {
  'rejected': 'were rejected in completed jobs',
  'not marked': 'were not marked as done when their jobs were completed',
  'stopped': 'are in jobs that somebody has stopped or archived',
  'removed': 'were in jobs that somebody has removed',
};

/** What is held back, and how to give it out again. */
export function parkedNotes({ labelers }: DesiredFleet, { selected }: SetFinder, places: Places): string[] {
  const counts = new Map<ParkedWhy, number>();
  for (const id of selected.keys()) {
    const place = places.of.get(id);
    if (place?.at === 'parked') counts.set(place.why, (counts.get(place.why) ?? 0) + 1);
  }
  const parked = [...counts].map(([why, count]) => `${count} images ${REASONS[why]}`);
  return [
    ...(labelers.length === 0 ? ['the fleet has no labeler, so that nothing is given out'] : []),
    ...(parked.length > 0 ? [`${parked.join(', ')}: change "attempt" to give them out again`] : []),
  ];
}
