import { type JobOwner, jobTitle } from './job-names';
import { LIMITS, type SuperviselyJobStatus } from './limits';

/** One labeler's job, all names and ids looked up. */
export interface SuperviselyJobSpec {
  readonly title: string;
  readonly datasetId: number;
  readonly reviewerId?: number;
  readonly readme?: string;
  readonly description?: string;
  /** Classes that may be labeled; none: all of the project's. */
  readonly classes?: readonly string[];
  readonly tags?: readonly string[];
  readonly readOnlyTags?: readonly string[];
  readonly objectsLimitPerImage?: number;
  readonly tagsLimitPerImage?: number;
  /** Images by id; none: all of the dataset's. */
  readonly imageIds?: readonly number[];
  /** Places in the order of ids, from 1, both included; null: no end of that kind. */
  readonly imagesRange?: { readonly start: number | null; readonly end: number | null };
  readonly includeImagesWithTags?: readonly string[];
  readonly excludeImagesWithTags?: readonly string[];
  readonly dynamicClasses?: boolean;
  readonly dynamicTags?: boolean;
  readonly allowRestore?: boolean;
  readonly guideId?: number;
  readonly toolboxSettings?: Readonly<Record<string, unknown>>;
  readonly disableConfirm?: boolean;
  readonly disableSubmit?: boolean;
  readonly enableIntermediateReview?: boolean;
}

/** Body of `jobs.add` for one labeler: one request a labeler, so that each can be found again by its name. */
export function addJobRequest(spec: SuperviselyJobSpec, owner: JobOwner): Record<string, unknown> {
  const { title, datasetId, reviewerId, readme, description } = spec;
  return {
    name: jobTitle(title, owner),
    datasetId,
    userIds: [owner.userId],
    ...defined({ reviewerId, readme, description }),
    meta: {
      classes: spec.classes ?? [],
      projectTags: spec.tags ?? [],
      imageTags: [
        ...(spec.includeImagesWithTags ?? []).map((name) => ({ name, positive: true })),
        ...(spec.excludeImagesWithTags ?? []).map((name) => ({ name, positive: false })),
      ],
      // 0 stands for no limit
      imageFiguresLimit: spec.objectsLimitPerImage ?? 0,
      imageTagsLimit: spec.tagsLimitPerImage ?? 0,
      entityIds: spec.imageIds ?? [],
      dynamicClasses: spec.dynamicClasses ?? false,
      dynamicTags: spec.dynamicTags ?? false,
      allowRestore: spec.allowRestore ?? false,
      ...defined({ range: spec.imagesRange, readOnlyTags: spec.readOnlyTags, guide: spec.guideId }),
      ...editableSettings(spec),
    },
  };
}

/** What the server lets be changed afterwards. */
export interface JobEdits extends Pick<SuperviselyJobSpec, 'reviewerId' | 'disableConfirm' | 'disableSubmit' | 'enableIntermediateReview' | 'toolboxSettings'> {
  readonly userId?: number;
  readonly customData?: Readonly<Record<string, unknown>>;
}

/** Body of `jobs.editInfo`; undefined when nothing changes. */
export function editJobRequest(id: number, edits: JobEdits): Record<string, unknown> | undefined {
  const { userId, reviewerId, customData } = edits;
  const settings = editableSettings(edits);
  const changes = { ...defined({ userId, reviewerId, customData }), ...(Object.keys(settings).length > 0 && { meta: settings }) };
  return Object.keys(changes).length === 0 ? undefined : { id, ...changes };
}

/** Bodies of `jobs.bulk.remove`, as many ids each as it takes. */
export function removeJobsRequests(ids: readonly number[]): Array<{ readonly ids: readonly number[] }> {
  const batches = Math.ceil(ids.length / LIMITS.jobsPerRemoval);
  return Array.from({ length: batches }, (_, batch) => ({ ids: ids.slice(batch * LIMITS.jobsPerRemoval, (batch + 1) * LIMITS.jobsPerRemoval) }));
}

/** What a list of jobs may be narrowed by. */
export interface JobFilters {
  readonly createdById?: number;
  readonly assignedToId?: number;
  readonly reviewerId?: number;
  readonly projectId?: number;
  readonly datasetId?: number;
  readonly queueIds?: readonly number[];
  readonly outsideQueues?: boolean;
  readonly statuses?: readonly SuperviselyJobStatus[];
  readonly excludeStatuses?: readonly SuperviselyJobStatus[];
  readonly name?: string;
  readonly showDisabled?: boolean;
}

/** Body of `jobs.list`; pages are asked for by adding `page` and `per_page` to it. */
export function listJobsRequest(teamId: number, filters: JobFilters = {}): Record<string, unknown> {
  const equals = { createdBy: filters.createdById, userId: filters.assignedToId, ...pick(filters, ['reviewerId', 'projectId', 'datasetId', 'name']) };
  const filter = [
    ...Object.entries(defined(equals)).map(([field, value]) => ({ field, operator: '=', value })),
    ...(filters.outsideQueues ? [{ field: 'labelingQueueId', operator: '=', value: null }] : []),
    ...(filters.queueIds ? [{ field: 'labelingQueueId', operator: 'in', value: filters.queueIds }] : []),
    ...(filters.statuses ? [{ field: 'status', operator: 'in', value: filters.statuses }] : []),
    ...(filters.excludeStatuses ? [{ field: 'status', operator: '!in', value: filters.excludeStatuses }] : []),
  ];
  return { teamId, showDisabled: filters.showDisabled ?? false, filter, sort: 'id', sort_order: 'asc' };
}

function editableSettings({ disableConfirm, disableSubmit, enableIntermediateReview, toolboxSettings }: JobEdits): Record<string, unknown> {
  return defined({ disableConfirm, disableSubmit, enableIntermediateReview, toolboxSettings });
}

function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function pick<T, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
