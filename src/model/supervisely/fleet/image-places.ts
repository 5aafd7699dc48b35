import { type FleetJob, isFinished, type JobImage, phaseOf, type RemovedFleetJob } from './fleet-job';
import type { RejectedImagesPolicy } from './fleet-spec';

/** Where an image stands that some job of the fleet has or had. An image without a place has never been given out. */
export type Place =
  | { readonly at: 'finished'; readonly accepted: boolean; readonly rejected?: false }
  | { readonly at: 'review'; readonly rejected: boolean }
  /** In a job at work. */
  | { readonly at: 'held'; readonly job: FleetJob; readonly rejected: boolean }
  /** Nobody's now; `owner` had it last. */
  | { readonly at: 'free'; readonly owner: number; readonly rejected: boolean }
  /** Not to be given out again by itself. */
  | { readonly at: 'parked'; readonly why: ParkedWhy; readonly rejected: boolean };

export type ParkedWhy = 'rejected' | 'not marked' | 'stopped' | 'removed';

export interface Places {
  readonly of: ReadonlyMap<number, Place>;
  /** Jobs at work that have an unfinished image which another job has, or which is finished in it. */
  readonly clashing: ReadonlySet<FleetJob>;
}

export interface PlaceRules {
  readonly attempt: string;
  readonly labelers: ReadonlySet<number>;
  readonly rejectedImages: RejectedImagesPolicy;
}

/**
 * Derives from the jobs who has which image: what is finished anywhere is finished; then reviewers go before labelers, labelers before what
 * has ended, and of ended jobs the last one tells.
 */
export function placesOf(jobs: readonly FleetJob[], removed: readonly RemovedFleetJob[], rules: PlaceRules): Places {
  const places = new Map<number, Place>();
  const clashing = new Set<FleetJob>();
  const oldestFirst = [...jobs].sort((a, b) => a.jobId - b.jobId);
  for (const image of oldestFirst.flatMap(({ entities }) => entities).filter(isFinished)) {
    const known = places.get(image.id);
    places.set(image.id, { at: 'finished', accepted: image.reviewStatus !== 'done' || (known?.at === 'finished' && known.accepted) });
  }
  const settle = (job: FleetJob, place: (image: JobImage) => Place, clashes = false) => job.entities.filter((image) => !isFinished(image)).forEach((image) => {
    if (!places.has(image.id)) places.set(image.id, place(image));
    else if (clashes) clashing.add(job);
  });
  const inPhase = (phase: ReturnType<typeof phaseOf>) => oldestFirst.filter((job) => phaseOf(job) === phase);
  for (const job of inPhase('in review')) settle(job, (image) => ({ at: 'review', rejected: isRejected(image) }));
  // nothing can be done to foreign ones, so that ours give way
  const atWork = inPhase('at work');
  for (const job of [...atWork.filter(({ foreign }) => foreign), ...atWork.filter(({ foreign }) => !foreign)]) {
    settle(job, (image) => ({ at: 'held', job, rejected: isRejected(image) }), !job.foreign);
  }
  for (const job of inPhase('ended').reverse()) settle(job, (image) => afterEnd(job, image, rules));
  for (const { imageIds, attempt } of removed) {
    if (attempt === rules.attempt) imageIds.filter((id) => !places.has(id)).forEach((id) => places.set(id, { at: 'parked', why: 'removed', rejected: false }));
  }
  return { of: places, clashing };
}

/** What becomes of an unfinished image when its job has ended. */
function afterEnd(job: FleetJob, image: JobImage, { attempt, labelers, rejectedImages }: PlaceRules): Place {
  const rejected = isRejected(image);
  const free = { at: 'free', owner: job.userId, rejected } as const;
  if (job.attempt !== attempt) return free;
  if (job.status === 'completed') {
    if (rejected && rejectedImages === 'RESTART') return free;
    return { at: 'parked', why: rejected ? 'rejected' : 'not marked', rejected };
  }
  return job.stoppedByUs || !labelers.has(job.userId) ? free : { at: 'parked', why: 'stopped', rejected };
}

function isRejected({ reviewStatus }: JobImage): boolean {
  return reviewStatus === 'rejected';
}
