import { duplicateProblems, listProblems, tagOverlapProblems, userProblems, wholeNumberProblems } from './validation';
import { timeoutProblems } from '../../groundtruth/job-removal';
import { MAX_NAME_LENGTH } from '../../model/groundtruth/names';
import { OWNER_KEY } from '../../model/supervisely/custom-data';
import { titleProblems } from '../../model/supervisely/job-names';
import { LIMITS, PLAYBACK_RATES } from '../../model/supervisely/limits';
import { isKnown, seconds } from '../../private/tokens';
import { resumeProblems } from '../job-resume-options';
import { LabelingJobProps } from '../labeling-job-props';
import { LabelingJobStatus } from '../labeling-job-status';
import { LabelingTaskOptions } from '../labeling-task-options';
import { LabelingWorkOptions, ToolboxSettings } from '../labeling-work-options';
import { IUser } from '../user';

/** A title that fits goes on to fit, wherever its construct is moved and however many jobs follow. */
export const LONGEST_JOB_NAME = 'x'.repeat(MAX_NAME_LENGTH);

/** A custom resource's properties travel in one message of 256 kB. */
export const MOST_IMAGE_IDS = 10_000;

/** How many people a resource may have, and what else there is for more of them. */
export interface LabelerLimit {
  readonly most: number;
  readonly otherwise: string;
}

/** Ids of labelers and jobs, and statuses, are attributes: the answer to CloudFormation has 4,096 bytes. */
const LABELERS: LabelerLimit = { most: 50, otherwise: 'several LabelingJobs, or a JobFleet' };

/** All that is wrong with a job's properties, as far as synthesis can know. */
export function labelingJobProblems(props: LabelingJobProps, { most, otherwise }: LabelerLimit = LABELERS): string[] {
  return [
    ...(isKnown(props.title) ? titleProblems(props.title, LONGEST_JOB_NAME) : []),
    ...sourceProblems(props),
    ...peopleProblems(props),
    ...(props.labelers.length > most ? [`'labelers' has ${props.labelers.length} people, at most ${most} fit: use ${otherwise}`] : []),
    ...taskProblems(props),
    ...lifecycleProblems(props),
  ];
}

function sourceProblems({ dataset, cloneOf, teamId }: LabelingJobProps): string[] {
  return [
    ...(dataset === undefined && cloneOf === undefined ? ['\'dataset\' is missing: give Dataset.fromDatasetId(), or a job to clone as \'cloneOf\''] : []),
    ...wholeNumberProblems('cloneOf', cloneOf, 1),
    ...wholeNumberProblems('teamId', teamId, 1),
  ];
}

function peopleProblems({ labelers, reviewer }: LabelingJobProps): string[] {
  return [...crowdProblems('labelers', labelers), ...(reviewer ? userProblems('reviewer', reviewer) : [])];
}

/** What is wrong with a list of people. */
export function crowdProblems(property: string, people: readonly IUser[]): string[] {
  return [
    ...(people.length === 0 ? [`'${property}' is empty, name at least one`] : []),
    ...people.flatMap((one) => userProblems(property, one)),
    ...(new Set(people).size < people.length ? [`'${property}' must hold everybody once, somebody stands there twice`] : []),
    ...duplicateProblems(property, people.flatMap(({ userId }) => userId ?? [])),
    ...duplicateProblems(property, people.flatMap(({ login }) => login ?? [])),
  ];
}

function taskProblems(props: LabelingTaskOptions): string[] {
  return [...workProblems(props), ...listProblems('readOnlyTags', props.readOnlyTags, 'none'), ...customDataProblems(props.customData)];
}

/** What is wrong with what jobs and queues have in common. */
export function workProblems(props: LabelingWorkOptions): string[] {
  const { description } = props;
  return [
    ...(isKnown(description) && description.length > LIMITS.jobDescriptionLength
      ? [`'description' must have at most ${LIMITS.jobDescriptionLength} characters, got ${description.length}: put more into 'readme'`] : []),
    ...listProblems('classes', props.classes, 'all classes of the project'),
    ...listProblems('tags', props.tags, 'all tags of the project'),
    ...wholeNumberProblems('objectsLimitPerImage', props.objectsLimitPerImage, 1),
    ...wholeNumberProblems('tagsLimitPerImage', props.tagsLimitPerImage, 1),
    ...wholeNumberProblems('guideId', props.guideId, 1),
    ...imageProblems(props),
    ...toolboxProblems(props.toolboxSettings),
  ];
}

function imageProblems({ imageIds, imagesRange, includeImagesWithTags, excludeImagesWithTags }: LabelingWorkOptions): string[] {
  const problems = [
    ...listProblems('imageIds', imageIds, 'all images of the dataset'),
    ...((imageIds?.length ?? 0) > MOST_IMAGE_IDS ? [`'imageIds' names ${imageIds!.length} images, at most ${MOST_IMAGE_IDS} fit: give images a tag, and use 'includeImagesWithTags'`] : []),
    ...(imageIds ?? []).flatMap((id) => wholeNumberProblems('imageIds', id, 1)),
    ...listProblems('includeImagesWithTags', includeImagesWithTags, 'images with any tags'),
    ...listProblems('excludeImagesWithTags', excludeImagesWithTags, 'images with any tags'),
    ...tagOverlapProblems(includeImagesWithTags, excludeImagesWithTags),
  ];
  if (!imagesRange) return problems;
  const { start, end } = imagesRange;
  problems.push(...wholeNumberProblems('imagesRange.start', start, 1), ...wholeNumberProblems('imagesRange.end', end, 1));
  if (isKnown(start) && isKnown(end) && start > end) problems.push(`'imagesRange' ends before it starts: ${start} to ${end}`);
  if (imageIds) problems.push('\'imageIds\' and \'imagesRange\' both say which images, leave one of them out');
  return problems;
}

function toolboxProblems(settings: ToolboxSettings | undefined): string[] {
  const rate = settings?.playbackRate;
  return [
    ...(isKnown(rate) && !PLAYBACK_RATES.includes(rate) ? [`'toolboxSettings.playbackRate' must be one of ${PLAYBACK_RATES.join(', ')}, got ${rate}`] : []),
    ...wholeNumberProblems('toolboxSettings.skipFramesSize', settings?.skipFramesSize, 0),
  ];
}

function customDataProblems(customData: LabelingTaskOptions['customData']): string[] {
  return customData && OWNER_KEY in customData ? [`'customData' must not have the member ${JSON.stringify(OWNER_KEY)}, by which the library knows its jobs: choose another name`] : [];
}

function lifecycleProblems({ attempt, resume, timeout, waitForStatus, desiredStatus, enableIntermediateReview, relabel, cloneOf }: LabelingJobProps): string[] {
  const problems = [...(relabel === '' ? ['\'relabel\' must not be empty: say why, or leave it out'] : []), ...wholeNumberProblems('attempt', attempt, 0), ...resumeProblems(resume), ...timeoutProblems('timeout', timeout)];
  seconds('timeout', timeout, problems);
  if ([waitForStatus, desiredStatus].includes(LabelingJobStatus.REVIEW_COMPLETED) && !enableIntermediateReview && cloneOf === undefined) {
    problems.push('\'review_completed\' is a status of jobs with \'enableIntermediateReview\' only: set it, or choose another status');
  }
  if (desiredStatus === LabelingJobStatus.STOPPED && waitForStatus !== undefined && waitForStatus !== LabelingJobStatus.STOPPED) {
    problems.push(`'waitForStatus' '${waitForStatus}' is never reached by a job whose 'desiredStatus' is 'stopped': leave it out`);
  }
  return problems;
}
