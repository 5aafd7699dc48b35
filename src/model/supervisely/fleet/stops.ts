import { apportion } from './apportion';
import type { DesiredFleet, SetFinder } from './desired-fleet';
import { type FleetJob, isFinished, phaseOf } from './fleet-job';
import type { Places } from './image-places';
import { claimsOn, type HeldImage, restOf, sizeOf } from './rest';
import { isEnded } from '../group-job';

export type Stops = ReadonlyMap<FleetJob, string>;

/** Jobs that must not go on, each with the reason. What somebody else has made is never stopped. */
export function stopsOf(desired: DesiredFleet, finder: SetFinder, places: Places, jobs: readonly FleetJob[]): Stops {
  const stops = new Map<FleetJob, string>();
  for (const job of jobs.filter((one) => !one.foreign)) {
    const why = whyEnd(job, desired, finder, places);
    if (why !== undefined) stops.set(job, why);
  }
  if (!desired.levelled && desired.labelers.length > 0) addSharers(stops, desired, finder, places, jobs);
  return stops;
}

function whyEnd(job: FleetJob, desired: DesiredFleet, finder: SetFinder, places: Places): string | undefined {
  if (job.identity !== desired.identity) return isEnded(job) ? undefined : `replaced by ${desired.id}`;
  if (phaseOf(job) !== 'at work') return undefined;
  if (!desired.labelers.some(({ userId }) => userId === job.userId)) return 'its labeler has left';
  if (places.clashing.has(job)) return 'another job has images of it';
  const left = job.entities.filter((image) => !isFinished(image));
  if (left.length === 0) return undefined;
  if (job.revision !== desired.revision) return 'its settings change';
  return left.some(({ id }) => finder.setOf(id, job.datasetId) === undefined) ? 'it has images that are declared no more' : undefined;
}

/** Who has more than their share gives up jobs until they have not; of a job that is stopped for it they get back what is theirs. */
function addSharers(stops: Map<FleetJob, string>, desired: DesiredFleet, finder: SetFinder, places: Places, jobs: readonly FleetJob[]): void {
  const own = jobs.filter(({ identity }) => identity === desired.identity);
  const behind = desired.labelers.map(() => 0);
  for (const rest of restOf(desired, finder, places, own, new Set(stops.keys()))) {
    const claims = claimsOn(rest, desired.labelers, behind);
    const shares = apportion(sizeOf(rest), claims);
    desired.labelers.forEach(({ userId }, index) => {
      const over = claims[index].load - shares[index];
      if (over > 0) for (const job of jobsToShare(rest.held.get(userId) ?? [], over, stops)) stops.set(job, 'its images are shared with others');
    });
    addBehind(behind, desired, sizeOf(rest), shares);
  }
}

/** Those that nobody has begun first, then the youngest. A rejected image stays with its labeler in any case. */
function jobsToShare(held: readonly HeldImage[], over: number, stops: ReadonlyMap<FleetJob, string>): FleetJob[] {
  const movable = new Map<FleetJob, number>();
  for (const { job, reviewStatus } of held) if (reviewStatus === 'none' && !job.foreign) movable.set(job, (movable.get(job) ?? 0) + 1);
  const order = [...movable.keys()].sort((a, b) => Number(b.untouched) - Number(a.untouched) || b.jobId - a.jobId);
  let freed = order.filter((job) => stops.has(job)).reduce((sum, job) => sum + movable.get(job)!, 0);
  const chosen: FleetJob[] = [];
  for (const job of order.filter((one) => !stops.has(one))) {
    if (freed >= over) break;
    chosen.push(job);
    freed += movable.get(job)!;
  }
  return chosen;
}

/** What a set's rounding has cost or given is made good at the next one. */
export function addBehind(behind: number[], { labelers }: DesiredFleet, total: number, shares: readonly number[]): void {
  const weights = labelers.reduce((sum, { weight }) => sum + weight, 0);
  labelers.forEach(({ weight }, index) => { behind[index] += total * weight / weights - shares[index]; });
}
