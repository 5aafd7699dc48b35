import { type DatasetReference, type GroupWork, hash, type UserReference, workIdentity } from './group-spec';
import type { SuperviselyJobStatus } from './limits';

/** What a queue should be: images that a team's labelers take one after the other. Names are looked up when something is done about it. */
export interface QueueSpec {
  readonly teamId?: number;
  readonly dataset: DatasetReference;
  /** Images of a collection instead of a dataset's. */
  readonly collectionId?: number;
  readonly labelers: readonly UserReference[];
  readonly reviewers: readonly UserReference[];
  /** Who looks at what reviewers have accepted; nobody: that step is left out. */
  readonly qualityCheckers: readonly UserReference[];
  readonly work: QueueWork;
  readonly settings: QueueSettings;
  /** A number that just asks for a next queue on what is left. */
  readonly attempt?: number;
  readonly desiredStatus?: SuperviselyJobStatus;
}

/** What is labeled. */
export type QueueWork = Omit<GroupWork, 'cloneOf'>;

/** Everything else that a queue is made with. The server can change none of it. */
export interface QueueSettings {
  readonly title: string;
  readonly readme?: string;
  readonly description?: string;
  readonly objectsLimitPerImage?: number;
  readonly tagsLimitPerImage?: number;
  readonly dynamicClasses?: boolean;
  readonly dynamicTags?: boolean;
  readonly guideId?: number;
  readonly toolboxSettings?: Readonly<Record<string, unknown>>;
  readonly disableConfirm?: boolean;
  readonly disableSubmit?: boolean;
  /** Labelers do not see whose an object is. */
  readonly hideFigureAuthor?: boolean;
  readonly reviewOwnAnnotations?: boolean;
  /** A labeler's job goes on where no image waits any more. */
  readonly skipCompleteJobOnEmpty?: boolean;
}

/** Ids of a queue's people. */
export interface QueuePeople {
  readonly labelers: readonly number[];
  readonly reviewers: readonly number[];
  readonly qualityCheckers: readonly number[];
}

/** What the labels of a queue mean, as declared; the stack's GUID tells it apart from the queues of a former life of the stack. */
export function queueIdentity({ dataset, collectionId, work }: Pick<QueueSpec, 'dataset' | 'collectionId' | 'work'>, stackGuid: string): string {
  const images: DatasetReference & { readonly collectionId?: number } = { ...dataset, collectionId };
  return workIdentity({ dataset: images, work }, stackGuid);
}

export function queueRevision(settings: QueueSettings): string {
  return hash(settings);
}

/** Tells whether other people are wanted than a queue was made with, whatever their order and however they are named. */
export function peopleHash({ labelers, reviewers, qualityCheckers }: QueuePeople): string {
  const set = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
  return hash({ labelers: set(labelers), reviewers: set(reviewers), qualityCheckers: set(qualityCheckers) });
}
