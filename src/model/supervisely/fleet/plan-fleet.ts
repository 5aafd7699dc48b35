import { type DesiredFleet, SetFinder } from './desired-fleet';
import { type FleetJob, type IntendedJob, phaseOf, type RemovedFleetJob } from './fleet-job';
import type { CreateFleetJob, FleetPlan, FleetStep } from './fleet-steps';
import { type Places, placesOf } from './image-places';
import { parkedNotes } from './notes';
import { type Portion, shareOut } from './share-out';
import { stopsOf } from './stops';

/** What is known of a fleet's jobs. */
export interface FleetSight {
  readonly jobs: readonly FleetJob[];
  readonly removed: readonly RemovedFleetJob[];
  readonly intended: readonly IntendedJob[];
}

/**
 * Sets, people and jobs -> stops and new jobs: a pure function, and applied twice it does nothing the second time. Whatever starts, starts after
 * the others have ended, so a plan has stops or new jobs, never both.
 */
export function planFleet(desired: DesiredFleet, { jobs, removed, intended }: FleetSight): FleetPlan {
  const own = jobs.filter(({ identity }) => identity === desired.identity);
  const labelers = new Set(desired.labelers.map(({ userId }) => userId));
  const places = placesOf(own, removed, { attempt: desired.attempt, labelers, rejectedImages: desired.rejectedImages });
  const error = own.length === 0 ? replacementRefusal(desired, jobs) : undefined;
  if (error !== undefined) return { steps: [], notes: [], levelled: false, places, error };
  const finder = new SetFinder(desired.sets);
  const stops = stopsOf(desired, finder, places, jobs);
  const notes = parkedNotes(desired, finder, places);
  if (stops.size > 0) return { steps: [...stops].map(([job, why]) => ({ kind: 'stop', job, why })), notes, levelled: false, places };
  const portions = shareOut(desired, finder, places, own);
  const steps = [...editsOf(desired, own), ...numbered(portions, own, removed, intended)];
  return { steps: steps.length > 0 ? steps : discardsOf(finder, places, jobs, desired), notes, levelled: true, places };
}

/** A call whose answer was lost may reach the server late: the next try takes its number, so that both make jobs of one name. */
function numbered(
  portions: readonly Portion[], jobs: readonly FleetJob[], removed: readonly RemovedFleetJob[], intended: readonly IntendedJob[],
): CreateFleetJob[] {
  const last = new Map<number, number>();
  for (const { userId, generation } of [...jobs, ...removed, ...intended]) last.set(userId, Math.max(generation, last.get(userId) ?? 0));
  const open = [...intended].sort((a, b) => a.generation - b.generation);
  return portions.map(({ userId, datasetId, imageIds }) => {
    const again = open.findIndex((one) => one.userId === userId && one.datasetId === datasetId);
    const generation = again < 0 ? (last.get(userId) ?? 0) + 1 : open.splice(again, 1)[0].generation;
    last.set(userId, Math.max(generation, last.get(userId) ?? 0));
    return { kind: 'create', userId, generation, datasetId, imageIds };
  });
}

/** What changes in place, of jobs that go on; and custom data, which says whose a job is, of all. */
function editsOf({ settingsHash, customDataHash }: DesiredFleet, jobs: readonly FleetJob[]): FleetStep[] {
  return jobs.filter(({ foreign, disabled }) => !foreign && !disabled).flatMap((job): FleetStep[] => {
    const goesOn = phaseOf(job) !== 'ended';
    const settings = goesOn && settingsHash !== undefined && job.marks.settings !== settingsHash;
    const customData = goesOn ? job.marks.customData !== customDataHash : job.marks.customData === undefined;
    return settings || customData ? [{ kind: 'edit', job, settings, customData }] : [];
  });
}

/** Jobs that we have stopped and that nobody had begun say nothing, once none of their images needs to remember whose it was. */
function discardsOf(finder: SetFinder, places: Places, jobs: readonly FleetJob[], { identity }: DesiredFleet): FleetStep[] {
  const waits = (id: number) => finder.selected.has(id) && (places.of.get(id)?.at ?? 'free') === 'free';
  return jobs.filter((job) => job.stoppedByUs && job.untouched && job.status === 'stopped' && !job.disabled && !job.foreign)
    .filter((job) => job.identity !== identity || !job.entities.some(({ id }) => waits(id)))
    .map((job) => ({ kind: 'discard', job, why: 'others have its images' }));
}

/** Another identity on images that are finished needs the user's word. */
function replacementRefusal(desired: DesiredFleet, jobs: readonly FleetJob[]): string | undefined {
  if (desired.mayReplaceLabels || desired.returning || desired.replaces === undefined) return undefined;
  return fleetChangeRefusal(jobs.filter(({ identity }) => identity === desired.replaces));
}

export function fleetChangeRefusal(replaced: ReadonlyArray<Pick<FleetJob, 'finished'>>): string | undefined {
  const images = replaced.reduce((sum, { finished }) => sum + finished, 0);
  if (images === 0) return undefined;
  return `the fleet has ${images} finished images, and the change of classes or tags would have them labeled again: undo it, or set "relabel" to a value that it did not have before`;
}
