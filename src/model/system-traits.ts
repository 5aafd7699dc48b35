import type { JobSystem } from './job-state';

/** What a plan depends on in which the job systems differ; and the words for it, for people. */
export interface SystemTraits {
  /** Whether a job can be stopped before it has started. */
  readonly stopsPending: boolean;
  /** Whether a running job is stopped so that the next generation has other settings; else it goes on, and only a next generation has them. */
  readonly restartsForSettings: boolean;
  /** Whether other settings take up a job again that has completed with a part undone. */
  readonly retakesIncomplete: boolean;
  /** The age at which the service ends a job by itself. */
  readonly maxAgeMs: number;
  /** As in `5 objects unlabeled`. */
  readonly items: string;
  readonly undone: string;
  /** What its stop loses; nothing where what is under way is still counted. */
  readonly lost?: string;
  /** Why it is not known what is left. */
  readonly unknownRest: string;
}

const DAY_MS = 24 * 3600 * 1000;

const TRAITS: Readonly<Record<'groundtruth' | 's3batch', SystemTraits>> = {
  groundtruth: {
    stopsPending: false,
    restartsForSettings: true,
    retakesIncomplete: false,
    maxAgeMs: 30 * DAY_MS,
    items: 'objects',
    undone: 'unlabeled',
    lost: 'answers that are not consolidated yet are lost',
    unknownRest: 'it left no output manifest, and some of its objects may be labeled',
  },
  s3batch: {
    stopsPending: true,
    restartsForSettings: false,
    retakesIncomplete: true,
    // a job that nobody confirms fails after 30 days, with a reason of its own; one that runs has no such age
    maxAgeMs: Infinity,
    items: 'tasks',
    undone: 'not done',
    unknownRest: 'some of its tasks are done, and which is not known: there is no report of all tasks, or no manifest to compare it with',
  },
};

/** Systems whose jobs are planned by `reconcile()`. */
export type PlannedSystem = keyof typeof TRAITS & JobSystem;

/** Ledgers that say nothing are Ground Truth's. */
export function traitsOf({ system = 'groundtruth' }: { readonly system?: PlannedSystem }): SystemTraits {
  return TRAITS[system];
}
