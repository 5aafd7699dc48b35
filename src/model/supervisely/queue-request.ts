import type { QueuePeople, QueueSettings, QueueWork } from './queue-spec';

/** A queue, all names and ids looked up. */
export interface SuperviselyQueueSpec {
  readonly name: string;
  readonly datasetId?: number;
  readonly collectionId?: number;
  readonly people: QueuePeople;
  readonly work: QueueWork;
  readonly settings: Omit<QueueSettings, 'title'>;
}

/** Body of `labeling-queues.add`. */
export function addQueueRequest({ name, datasetId, collectionId, people, work, settings }: SuperviselyQueueSpec): Record<string, unknown> {
  const { readme, description, reviewOwnAnnotations, skipCompleteJobOnEmpty } = settings;
  const queueMeta = defined({
    reviewOwnAnnotationsAvailable: reviewOwnAnnotations || undefined, skipCompleteAnnotationJobOnEmpty: skipCompleteJobOnEmpty || undefined,
  });
  const checkers = people.qualityCheckers.length > 0 ? people.qualityCheckers : undefined;
  return {
    name,
    ...defined({ datasetId, collectionId, readme, description, qualityCheckUserIds: checkers }),
    userIds: people.labelers,
    reviewerIds: people.reviewers,
    meta: { ...workMeta(work), ...settingsMeta(settings), ...(checkers && { enableIntermediateReview: true }) },
    ...(Object.keys(queueMeta).length > 0 && { queueMeta }),
  };
}

function workMeta({ classes, tags, imageIds, imagesRange, includeImagesWithTags, excludeImagesWithTags }: QueueWork): Record<string, unknown> {
  return {
    classes: classes ?? [],
    projectTags: tags ?? [],
    imageTags: [
      ...(includeImagesWithTags ?? []).map((name) => ({ name, positive: true })),
      ...(excludeImagesWithTags ?? []).map((name) => ({ name, positive: false })),
    ],
    ...defined({ entityIds: imageIds, range: imagesRange && { start: imagesRange.start ?? null, end: imagesRange.end ?? null } }),
  };
}

function settingsMeta(settings: Omit<QueueSettings, 'title'>): Record<string, unknown> {
  const { objectsLimitPerImage, tagsLimitPerImage, dynamicClasses, dynamicTags, hideFigureAuthor } = settings;
  const { guideId, toolboxSettings, disableConfirm, disableSubmit } = settings;
  return {
    // 0 stands for no limit
    imageFiguresLimit: objectsLimitPerImage ?? 0,
    imageTagsLimit: tagsLimitPerImage ?? 0,
    dynamicClasses: dynamicClasses ?? false,
    dynamicTags: dynamicTags ?? false,
    hideFigureAuthor: hideFigureAuthor ?? false,
    ...defined({ guide: guideId, toolboxSettings, disableConfirm, disableSubmit }),
  };
}

/** What a list of queues may be narrowed by: all that the server takes. */
export interface QueueFilters {
  readonly projectId?: number;
  readonly datasetId?: number;
  readonly collectionId?: number;
  readonly ids?: readonly number[];
  readonly names?: readonly string[];
  readonly showDisabled?: boolean;
}

/** Body of `labeling-queues.list`; pages are asked for by adding `page` and `per_page` to it. */
export function listQueuesRequest(teamId: number, { showDisabled = false, ids, names, ...equals }: QueueFilters = {}): Record<string, unknown> {
  const filter = [
    ...Object.entries(defined(equals)).map(([field, value]) => ({ field, operator: '=', value })),
    ...Object.entries(defined({ id: ids, name: names })).map(([field, value]) => ({ field, operator: 'in', value })),
  ];
  return { teamId, showDisabled, filter, sort: 'id', sort_order: 'asc' };
}

/** How far an image of a queue is: `null` where nobody has taken it yet, `none` where somebody labels it, `done` where it waits for its review. */
export type QueueEntityStatus = null | 'none' | 'done' | 'accepted';

/** Of the images that nobody has finished. */
export const LEFT_STATUSES: readonly QueueEntityStatus[] = [null, 'none'];

/** Body of `labeling-queues.stats.entities`; its pages are counted by the caller, for the answer tells only the total. */
export function queueEntitiesRequest(id: number, page: number, perPage: number, statuses?: readonly QueueEntityStatus[]): Record<string, unknown> {
  return { id, page, per_page: perPage, sort: 'name', sort_order: 'asc', ...(statuses && { entityStatus: statuses }) };
}

function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
