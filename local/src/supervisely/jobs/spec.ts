import { badRequest, notServed } from '../errors';
import { ANYTHING, closed, COUNT, FLAG, ID, list, MAP, NAME, nullable, open, type Schema, text, TEXT } from '../schema';
import type { JobMeta } from '../store/job-records';
import type { Project } from '../store/records';

const NAMES = list(text(1), { uniqueItems: true });
/** Settings of the labeling tool, changeable afterwards too. */
const TOOL_SETTINGS: Readonly<Record<string, Schema>> = { disableConfirm: FLAG, disableSubmit: FLAG, enableIntermediateReview: FLAG, toolboxSettings: MAP };

/** What jobs and queues say alike of the work. */
const WORK_META: Readonly<Record<string, Schema>> = {
  ...TOOL_SETTINGS,
  classes: NAMES,
  projectTags: NAMES,
  imageTags: list(open({ name: text(1) }, { positive: FLAG })),
  range: nullable(open({}, { start: nullable({ type: 'integer', minimum: 1 }), end: nullable({ type: 'integer', minimum: 1 }) })),
  imageFiguresLimit: COUNT,
  imageTagsLimit: COUNT,
  entityIds: list(ID, { uniqueItems: true }),
  dynamicClasses: FLAG,
  dynamicTags: FLAG,
  guide: ID,
};

const JOB_META: Readonly<Record<string, Schema>> = {
  ...WORK_META,
  readOnlyTags: NAMES,
  imageClasses: list(ANYTHING),
  validationRules: list(ANYTHING),
  imageTagsMinLimit: COUNT,
  allowRestore: FLAG,
  confirmationCode: TEXT,
  sendNotifications: FLAG,
};

const WORDS: Readonly<Record<string, Schema>> = { readme: TEXT, description: text(0, 255), reviewerId: nullable(ID) };

export const JOB: Schema = closed(
  { name: NAME, datasetId: ID, userIds: list(ID, { minItems: 1, uniqueItems: true }) },
  { ...WORDS, meta: closed({}, JOB_META), customData: MAP, srcJobId: ID, additionalDatasetIds: list(ID) });

const PEOPLE = list(ID, { minItems: 1, uniqueItems: true });

/** Of queues no more is documented than what the Python SDK sends. */
export const QUEUE: Schema = closed({ name: NAME, userIds: PEOPLE, reviewerIds: PEOPLE }, {
  ...WORDS,
  meta: closed({}, { ...WORK_META, hideFigureAuthor: FLAG }),
  datasetId: ID,
  collectionId: ID,
  qualityCheckUserIds: PEOPLE,
  queueMeta: closed({}, { reviewOwnAnnotationsAvailable: FLAG, skipCompleteAnnotationJobOnEmpty: FLAG }),
});

export const EDITABLE_META: Schema = closed({}, TOOL_SETTINGS);

export type GivenMeta = Partial<Omit<JobMeta, 'others' | 'imageTags'>> & {
  readonly entityIds?: readonly number[];
  readonly imageTags?: ReadonlyArray<{ readonly name: string; readonly positive?: boolean }>;
  readonly [other: string]: unknown;
};

/** What labelers may use must be in the project. */
export function jobMeta(project: Project, given: GivenMeta): JobMeta {
  const { classes = [], projectTags = [], imageTags = [], range, imageFiguresLimit, imageTagsLimit, entityIds: _, ...others } = given;
  if (others.toolboxSettings !== undefined) refuseToolbox(project);
  const { start = null, end = null } = range ?? {};
  if (start !== null && end !== null && start > end) throw badRequest(`"meta.range" ends before it starts: ${start} to ${end}`);
  known('class', classes, project.classes.map(({ title }) => title), project);
  known('tag', [...projectTags, ...imageTags.map(({ name }) => name), ...others.readOnlyTags as string[] ?? []], project.tags.map(({ name }) => name), project);
  return {
    classes,
    projectTags,
    imageTags: imageTags.map(({ name, positive = true }) => ({ name, positive })),
    range: { start, end },
    // 0 is how clients say: no limit
    imageFiguresLimit: imageFiguresLimit || null,
    imageTagsLimit: imageTagsLimit || null,
    others,
  };
}

export function refuseToolbox({ type }: Project): void {
  if (type !== 'videos') throw badRequest(`"meta.toolboxSettings" is for projects of videos, this one is of ${type}`);
}

/** Members of the API that need what the engine has not. */
export function refuseUnserved({ srcJobId, additionalDatasetIds }: { srcJobId?: number; additionalDatasetIds?: readonly number[] }): void {
  if (srcJobId !== undefined) throw notServed('"srcJobId" of jobs.add');
  if (additionalDatasetIds?.length) throw notServed('"additionalDatasetIds" of jobs.add');
}

function known(kind: 'class' | 'tag', wanted: readonly string[], there: readonly string[], project: Project): void {
  const unknown = wanted.filter((name) => !there.includes(name));
  if (unknown.length === 0) return;
  const kinds = kind === 'class' ? 'classes' : 'tags';
  throw badRequest(`the project ${project.id} ("${project.name}") has no ${kind} "${unknown.join('", "')}"; its ${kinds} are ${there.join(', ') || 'none'}`);
}
