/**
 * A page as the service gave it, in the order of the listing. Its jobs have keys: creation times in milliseconds, negated where the
 * newest job comes first, so that they grow in the order of the listing, whichever that is.
 */
export interface ListedPage<Job> {
  readonly keys: readonly number[];
  /** Makes the jobs out of the answer. That is done as late as may be: as it came, it takes least room. */
  jobs(): readonly Job[];
  /** The service's token of the page after this one. */
  readonly nextToken?: string;
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
