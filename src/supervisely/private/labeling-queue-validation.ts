import { crowdProblems, LONGEST_JOB_NAME, workProblems } from './labeling-job-validation';
import { wholeNumberProblems } from './validation';
import { timeoutProblems } from '../../groundtruth/job-removal';
import { titleProblems } from '../../model/supervisely/job-names';
import { isKnown, seconds } from '../../private/tokens';
import { LabelingJobStatus } from '../labeling-job-status';
import { LabelingQueueProps } from '../labeling-queue-props';

/** All that is wrong with a queue's properties, as far as synthesis can know. */
export function labelingQueueProblems(props: LabelingQueueProps): string[] {
  return [
    ...(isKnown(props.title) ? titleProblems(props.title, LONGEST_JOB_NAME) : []),
    ...sourceProblems(props),
    ...crowdProblems('labelers', props.labelers),
    ...crowdProblems('reviewers', props.reviewers),
    ...(props.qualityCheckers ? crowdProblems('qualityCheckers', props.qualityCheckers) : []),
    ...workProblems(props),
    ...lifecycleProblems(props),
  ];
}

function sourceProblems({ dataset, collectionId, teamId }: LabelingQueueProps): string[] {
  return [
    ...(dataset === undefined && collectionId === undefined ? ['\'dataset\' is missing: give Dataset.fromDatasetId(), or a collection as \'collectionId\''] : []),
    ...(dataset !== undefined && collectionId !== undefined ? ['\'dataset\' and \'collectionId\' both say which images, leave one of them out'] : []),
    ...(dataset?._awaited ? ['\'dataset\' is made by an import after the deployment, which a queue does not wait for: use a LabelingJob, or Dataset.fromDatasetName() once it is there'] : []),
    ...wholeNumberProblems('collectionId', collectionId, 1),
    ...wholeNumberProblems('teamId', teamId, 1),
  ];
}

function lifecycleProblems({ attempt, timeout, waitForStatus, desiredStatus, qualityCheckers, relabel }: LabelingQueueProps): string[] {
  const problems = [
    ...(relabel === '' ? ['\'relabel\' must not be empty: say why, or leave it out'] : []), ...wholeNumberProblems('attempt', attempt, 0), ...timeoutProblems('timeout', timeout),
  ];
  seconds('timeout', timeout, problems);
  if ([waitForStatus, desiredStatus].includes(LabelingJobStatus.REVIEW_COMPLETED) && !qualityCheckers) {
    problems.push('\'review_completed\' is a status of queues with \'qualityCheckers\' only: name some, or choose another status');
  }
  if (desiredStatus === LabelingJobStatus.STOPPED && waitForStatus !== undefined && waitForStatus !== LabelingJobStatus.STOPPED) {
    problems.push(`'waitForStatus' '${waitForStatus}' is never reached by a queue whose 'desiredStatus' is 'stopped': leave it out`);
  }
  return problems;
}
