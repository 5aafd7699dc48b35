import type { SuperviselyJobStatus } from './limits';
import type { SuperviselyResumePolicy } from './resume-policy';
import { canonicalJson, HASH_LENGTH, sha256 } from '../groundtruth/identity';

/** Somebody, by id or by login; one of both is there. */
export interface UserReference {
  readonly id?: number;
  readonly login?: string;
}

export interface DatasetReference {
  readonly id?: number;
  readonly projectId?: number;
  readonly name?: string;
  readonly importRecord?: string;
  readonly importIdentity?: string;
}

/** What a group of jobs should be: one job of the server for each labeler. Names are looked up when something is done about it. */
export interface GroupSpec {
  readonly teamId?: number;
  readonly dataset: DatasetReference;
  readonly labelers: readonly UserReference[];
  readonly work: GroupWork;
  readonly settings: GroupSettings;
  readonly editable: GroupEditable;
  readonly desiredStatus?: SuperviselyJobStatus;
  readonly resume: SuperviselyResumePolicy;
}

/** What is labeled. */
export interface GroupWork {
  readonly cloneOf?: number;
  readonly classes?: readonly string[];
  readonly tags?: readonly string[];
  readonly imageIds?: readonly number[];
  readonly imagesRange?: { readonly start?: number; readonly end?: number };
  readonly includeImagesWithTags?: readonly string[];
  readonly excludeImagesWithTags?: readonly string[];
}

/** Everything else that a job is made with and that the server cannot change. */
export interface GroupSettings {
  readonly title: string;
  readonly readme?: string;
  readonly description?: string;
  readonly readOnlyTags?: readonly string[];
  readonly objectsLimitPerImage?: number;
  readonly tagsLimitPerImage?: number;
  readonly dynamicClasses?: boolean;
  readonly dynamicTags?: boolean;
  readonly allowRestore?: boolean;
  readonly guideId?: number;
  readonly attempt?: number;
}

/** What `jobs.editInfo` takes. */
export interface GroupEditable {
  readonly reviewer?: UserReference;
  readonly customData?: Readonly<Record<string, unknown>>;
  readonly toolboxSettings?: Readonly<Record<string, unknown>>;
  readonly disableConfirm?: boolean;
  readonly disableSubmit?: boolean;
  readonly enableIntermediateReview?: boolean;
}

/**
 * What the labels of a job mean, as declared. Ids and names of sets are compared whatever their order. The stack's GUID is in it, so that a
 * stack that was deleted and made again does not take the jobs of its former life for its own.
 */
export function workIdentity({ dataset, work }: Pick<GroupSpec, 'dataset' | 'work'>, stackGuid: string): string {
  const set = (texts: readonly string[] | undefined) => texts && [...texts].sort();
  const { cloneOf, imagesRange } = work;
  return hash({
    // wherever its record lies, an import makes one dataset
    dataset: dataset.importIdentity === undefined ? dataset : { importIdentity: dataset.importIdentity },
    cloneOf,
    imagesRange,
    classes: set(work.classes),
    tags: set(work.tags),
    imageIds: work.imageIds && [...work.imageIds].sort((a, b) => a - b),
    include: set(work.includeImagesWithTags),
    exclude: set(work.excludeImagesWithTags),
    stackGuid,
  });
}

export function settingsRevision(settings: GroupSettings): string {
  return hash(settings);
}

/** Tells whether something was declared otherwise before. */
export function hash(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, HASH_LENGTH);
}
