import { type DatasetReference, type GroupEditable, type GroupSettings, hash, type UserReference } from '../group-spec';

/** What a fleet should be: image sets, shared out over labelers. Names are looked up when something is done about it. */
export interface FleetSpec {
  readonly teamId?: number;
  readonly imageSets: readonly ImageSetSpec[];
  readonly labelers: ReadonlyArray<UserReference & { readonly weight: number }>;
  readonly work: FleetWork;
  readonly settings: GroupSettings;
  readonly editable: GroupEditable;
  readonly rejectedImages: RejectedImagesPolicy;
}

/** All images of a dataset, or some: by id, or by tags. */
export interface ImageSetSpec {
  readonly dataset: DatasetReference;
  readonly imageIds?: readonly number[];
  /** Images must have all of them. */
  readonly includeImagesWithTags?: readonly string[];
  /** Images must have none of them. */
  readonly excludeImagesWithTags?: readonly string[];
}

/** What labels mean; which images get them is said by the sets. */
export interface FleetWork {
  readonly classes?: readonly string[];
  readonly tags?: readonly string[];
}

/** Whether rejected images of completed jobs go back to their labeler by themselves. */
export type RejectedImagesPolicy = 'RESTART' | 'REPORT';

/**
 * What makes the labels of two jobs of a fleet belong together. The image sets are not in it: what was labeled under another set is labeled.
 */
export function fleetIdentity({ work: { classes, tags } }: Pick<FleetSpec, 'work'>, stackGuid: string): string {
  const set = (texts: readonly string[] | undefined) => texts && [...texts].sort();
  return hash({ fleet: true, classes: set(classes), tags: set(tags), stackGuid });
}

/** Tells whether people or weights are other ones; their order does not count. */
export function rosterHash(labelers: ReadonlyArray<{ readonly userId: number; readonly weight: number }>): string {
  return hash([...labelers].sort((a, b) => a.userId - b.userId).map(({ userId, weight }) => [userId, weight]));
}

/** Another one gives out again what is held back. */
export function attemptOf({ attempt }: GroupSettings): string {
  return attempt === undefined ? '' : String(attempt);
}
