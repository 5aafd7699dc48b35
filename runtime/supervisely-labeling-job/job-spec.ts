import type { Resolved } from './resolve';
import type { GroupEditable, GroupSpec } from '../../src/model/supervisely/group-spec';
import type { JobEdits, SuperviselyJobSpec } from '../../src/model/supervisely/job-request';
import type { ServerJobInfo } from '../shared/supervisely/jobs';

/** What a labeler's job is made with: the declaration, over the settings of the job that is cloned; on some images only, where it goes on with them. */
export function jobSpec(spec: GroupSpec, resolved: Resolved, imageIds?: readonly number[]): SuperviselyJobSpec {
  const { attempt: _, ...settings } = spec.settings;
  return {
    ...(resolved.clone && clonedSpec(resolved.clone)),
    ...settings,
    datasetId: resolved.dataset.id,
    ...selection(spec, resolved, imageIds),
    ...(spec.work.classes && { classes: spec.work.classes }),
    ...(spec.work.tags && { tags: spec.work.tags }),
    ...declaredEdits(spec.editable),
    ...(resolved.reviewer && { reviewerId: resolved.reviewer.id }),
  };
}

type Selection = Pick<SuperviselyJobSpec, 'imageIds' | 'imagesRange' | 'includeImagesWithTags' | 'excludeImagesWithTags'>;

/** What is left was selected before, so that nothing else may select again. */
function selection({ work }: GroupSpec, { clone, dataset }: Resolved, imageIds: readonly number[] | undefined): Selection {
  if (imageIds) return { imageIds, imagesRange: undefined, includeImagesWithTags: undefined, excludeImagesWithTags: undefined };
  const { imagesRange: range, includeImagesWithTags, excludeImagesWithTags } = work;
  const isDeclared = [work.imageIds, range, includeImagesWithTags, excludeImagesWithTags].some((one) => one !== undefined);
  // a clone labels the images of its model, unless other ones are declared
  if (!isDeclared) return clone?.datasetId === dataset.id ? { imageIds: clone.entities.map(({ id }) => id) } : {};
  return {
    imageIds: work.imageIds,
    imagesRange: range && { start: range.start ?? null, end: range.end ?? null },
    includeImagesWithTags,
    excludeImagesWithTags,
  };
}

/** What `jobs.editInfo` is to make of a job; a flag that is not declared (any more) is off, but a clone keeps that of its model. */
export function jobEdits(spec: GroupSpec, resolved: Resolved): JobEdits {
  const off = resolved.clone ? {} : { disableConfirm: false, disableSubmit: false, enableIntermediateReview: false };
  return { ...off, ...declaredEdits(spec.editable), ...(resolved.reviewer && { reviewerId: resolved.reviewer.id }) };
}

function declaredEdits({ reviewer: _, customData: __, ...edits }: GroupEditable): JobEdits {
  return edits;
}

/** The settings of an existing job. The SDK's own clone leaves out half of them. */
function clonedSpec({ readme, description, meta }: ServerJobInfo): Partial<SuperviselyJobSpec> {
  const {
    classes, projectTags, imageFiguresLimit, imageTagsLimit, dynamicClasses, dynamicTags, allowRestore, readOnlyTags, guide, toolboxSettings,
    disableConfirm, disableSubmit, enableIntermediateReview,
  } = meta as ClonedMeta;
  const spec: Partial<SuperviselyJobSpec> = {
    readme: readme || undefined,
    description: description || undefined,
    classes: classes?.map(nameOf),
    tags: projectTags?.map(nameOf),
    readOnlyTags: readOnlyTags?.map(nameOf),
    objectsLimitPerImage: imageFiguresLimit ?? undefined,
    tagsLimitPerImage: imageTagsLimit ?? undefined,
    dynamicClasses,
    dynamicTags,
    allowRestore,
    guideId: guide ?? undefined,
    toolboxSettings: toolboxSettings ?? undefined,
    disableConfirm,
    disableSubmit,
    enableIntermediateReview,
  };
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

type Named = string | { readonly name?: string; readonly title?: string };

interface ClonedMeta {
  readonly classes?: readonly Named[];
  readonly projectTags?: readonly Named[];
  readonly readOnlyTags?: readonly Named[];
  readonly imageFiguresLimit?: number | null;
  readonly imageTagsLimit?: number | null;
  readonly dynamicClasses?: boolean;
  readonly dynamicTags?: boolean;
  readonly allowRestore?: boolean;
  readonly guide?: number | null;
  readonly toolboxSettings?: Readonly<Record<string, unknown>> | null;
  readonly disableConfirm?: boolean;
  readonly disableSubmit?: boolean;
  readonly enableIntermediateReview?: boolean;
}

/** Answers name classes and tags by objects, requests by their names. */
function nameOf(one: Named): string {
  return typeof one === 'string' ? one : one.name ?? one.title ?? '';
}
