/** A page as the service gave it, in the order of the listing. */
export interface ListedPage<Job> {
  readonly jobs: readonly Job[];
  /** The service's token of the page after this one. */
  readonly nextToken?: string;
}

/**
 * What the listing has to know of a job: who it is, and its place. Keys are creation times in milliseconds, negated where the newest
 * job comes first, so that they grow in the order of the listing, whichever that is.
 */
export interface Keyed<Job> {
  arn(job: Job): string;
  key(job: Job): number;
}

/** Where a page stands: what to ask for, to get it again. */
export interface PagePosition {
  /** Only jobs with a greater key; absent where the listing begins. */
  readonly after?: number;
  /** The service's token; absent on the first page of a window. */
  readonly token?: string;
}

/** Jobs that come next in the listing, and where it goes on after them. */
export interface ListedJobs<Job> {
  readonly jobs: readonly Job[];
  /** Absent where that is not known, or nothing follows. */
  readonly next?: PagePosition & { readonly skip: number };
}
