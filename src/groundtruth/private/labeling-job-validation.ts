import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isPublicCrowd } from '../../model/groundtruth/built-in-functions';
import { labelAttributeProblems } from '../../model/groundtruth/label-attribute';
import { labelCountProblems } from '../../model/groundtruth/label-categories';
import { LIMITS, PATTERNS, Range } from '../../model/groundtruth/limits';
import { isKnown, seconds } from '../../private/tokens';
import { resumeProblems } from '../../resume-options';
import { timeoutProblems } from '../job-removal';
import { LabelingJobProps } from '../labeling-job-props';
import { ContentClassifier } from '../labeling-job-status';
import { automatedLabelingProblems } from './automated-labeling-validation';
import { streamingProblems } from './labeling-stream-validation';
import { auditProblems } from './task-type-definition';

export const DEFAULT_LABEL_ATTRIBUTE = 'label';

/** All that is wrong with a job's properties, as far as synthesis can know. */
export function labelingJobProblems(scope: Construct, props: LabelingJobProps): string[] {
  return [
    ...props.taskType._problems(scope),
    ...labelProblems(props),
    ...props.input._problems(props.taskType._rules.source),
    ...textProblems(props),
    ...workProblems(props),
    ...timeProblems(props),
    ...priceProblems(props),
    ...teamProblems(scope, props),
    ...keyPrefixProblems('outputPrefix', props.outputPrefix),
    ...lifecycleProblems(props),
    ...streamingProblems(props),
    ...automatedLabelingProblems(props),
  ];
}

function labelProblems({ labelAttributeName, labels, taskType }: LabelingJobProps): string[] {
  const rules = taskType._rules;
  const name = labelAttributeName ?? DEFAULT_LABEL_ATTRIBUTE;
  const problems = isKnown(name) ? [...labelAttributeProblems(name, rules.id, rules.labelAttributeEndsInRef), ...auditProblems(name, rules)] : [];
  if (!labels) return rules.labels?.min ? [...problems, `'labels' is missing, task type ${rules.id} needs it: give LabelCategories.of('…', '…')`] : problems;
  problems.push(...labels._problems(rules.labelDocument).map((problem) => `'labels': ${problem}`));
  return rules.labels && labels._labels ? [...problems, ...labelCountProblems(labels._labels.length, rules.id, rules.labels)] : problems;
}

function textProblems({ title, description, keywords }: LabelingJobProps): string[] {
  const problems: string[] = [];
  if (isKnown(title) && (title.length < 1 || title.length > LIMITS.taskTitleLength || !PATTERNS.taskTitle.test(title))) {
    problems.push(`'title' must have 1 to ${LIMITS.taskTitleLength} characters and neither emoji nor control characters, got ${JSON.stringify(title)}`);
  }
  if (isKnown(description) && (description.length > LIMITS.taskDescriptionLength || !PATTERNS.taskDescription.test(description))) {
    problems.push(`'description' must have 1 to ${LIMITS.taskDescriptionLength} characters on one line, got ${JSON.stringify(description)}`);
  }
  if (!isKnown(keywords)) return problems;
  const { min, max } = LIMITS.keywords;
  if (keywords.length < min || keywords.length > max) problems.push(`'keywords' must hold ${min} to ${max} words, got ${keywords.length}: leave it out for none`);
  for (const word of keywords) {
    if (isKnown(word) && (word.length > LIMITS.keywordLength || !PATTERNS.keyword.test(word))) {
      problems.push(`'keywords' must hold words of 1 to ${LIMITS.keywordLength} letters, digits and single spaces, got ${JSON.stringify(word)}`);
    }
  }
  return problems;
}

function workProblems(props: LabelingJobProps): string[] {
  const { workersPerDataObject: workers, taskType } = props;
  const problems = [
    ...rangeProblems('workersPerDataObject', workers, LIMITS.workersPerDataObject),
    ...rangeProblems('maxConcurrentTaskCount', props.maxConcurrentTaskCount, LIMITS.maxConcurrentTaskCount),
    ...rangeProblems('maxHumanLabeledObjectCount', props.maxHumanLabeledObjectCount, LIMITS.maxHumanLabeledObjectCount),
    ...rangeProblems('maxPercentageOfInputDatasetLabeled', props.maxPercentageOfInputDatasetLabeled, LIMITS.maxPercentageOfInputDatasetLabeled),
    ...rangeProblems('attempt', props.attempt, { min: 0, max: Number.MAX_SAFE_INTEGER }),
  ];
  const fixed = taskType._rules.fixedWorkers;
  if (isKnown(workers) && fixed !== undefined && workers !== fixed) {
    problems.push(`'workersPerDataObject' must be ${fixed} for task type ${taskType._rules.id}, got ${workers}`);
  }
  return problems;
}

function timeProblems(props: LabelingJobProps): string[] {
  const { workteamArn } = props.workteam;
  const { taskAvailabilitySeconds: availability, taskTimeLimitSeconds: limit } = LIMITS;
  const longest = isKnown(workteamArn) && isPublicCrowd(workteamArn) ? availability.maxForPublic : availability.max;
  return [
    ...durationProblems('taskTimeLimit', props.taskTimeLimit, { min: limit.min, max: props.taskType._rules.hasFrames ? limit.maxForSequences : limit.max }),
    ...durationProblems('taskAvailabilityLifetime', props.taskAvailabilityLifetime, { min: availability.min, max: longest }),
    ...durationProblems('timeout', props.timeout, { min: 1, max: Number.MAX_SAFE_INTEGER }, false),
    ...timeoutProblems('timeout', props.timeout),
  ];
}

function priceProblems({ taskPrice, taskType, workteam, contentClassifiers }: LabelingJobProps): string[] {
  const { id, prices } = taskType._rules;
  const problems: string[] = [];
  if (taskPrice && !prices.includes(taskPrice._tenthsOfACent)) {
    const allowed = prices.map((price) => (price / 1000).toFixed(3)).join(', ');
    problems.push(`'taskPrice' must be one of ${allowed} US dollars for task type ${id}, got ${(taskPrice._tenthsOfACent / 1000).toFixed(3)}`);
  }
  if (!isKnown(workteam.workteamArn)) return problems;
  if (!isPublicCrowd(workteam.workteamArn)) {
    return taskPrice ? [...problems, '\'taskPrice\' is for a public team only, leave it out for this private or vendor team'] : problems;
  }
  const declared = ContentClassifier.FREE_OF_PERSONALLY_IDENTIFIABLE_INFORMATION;
  if (!taskPrice) problems.push('\'taskPrice\' is missing, a public team needs it: give TaskPrice.usd()');
  if (!contentClassifiers?.includes(declared)) problems.push(`'contentClassifiers' must hold ${declared} for a public team, or the job fails`);
  return problems;
}

/** A team of another region is refused by the service, after everything else was deployed. */
function teamProblems(scope: Construct, { workteam }: LabelingJobProps): string[] {
  const { region } = Stack.of(scope);
  if (!isKnown(workteam.workteamArn) || !isKnown(region)) return [];
  const teamRegion = workteam.workteamArn.split(':')[3];
  return teamRegion === region ? [] : [`'workteam' must be of the job's region ${region}, got one of ${teamRegion}`];
}

function lifecycleProblems({ relabel, resume, adopt }: LabelingJobProps): string[] {
  const problems = [...resumeProblems(resume)];
  if (relabel === '') problems.push('\'relabel\' must not be empty: say why, or leave it out');
  if (isKnown(adopt) && !PATTERNS.labelingJobName.test(adopt)) {
    problems.push(`'adopt' must be a job's name of 1 to 63 letters, digits and hyphens, got ${JSON.stringify(adopt)}`);
  }
  return problems;
}

/** What is wrong with the beginning of keys below which a job writes. */
export function keyPrefixProblems(property: string, prefix: string | undefined): string[] {
  const problems: string[] = [];
  if (isKnown(prefix) && /^\/|\/$|\/\/|[*?$\s]/.test(prefix)) {
    problems.push(`'${property}' must neither begin nor end with a slash nor hold two in a row, spaces, '*', '?' or '$', got ${JSON.stringify(prefix)}`);
  }
  if (isKnown(prefix) && prefix.length > LIMITS.s3UriLength - 100) {
    problems.push(`'${property}' must have at most ${LIMITS.s3UriLength - 100} characters, got ${prefix.length}`);
  }
  return problems;
}

export function rangeProblems(property: string, value: number | undefined, { min, max }: Range): string[] {
  if (!isKnown(value) || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [`'${property}' must be a whole number of ${min} to ${max}, got ${value}`];
}

function durationProblems(property: string, duration: Duration | undefined, { min, max }: Range, ranged = true): string[] {
  const problems: string[] = [];
  const value = seconds(property, duration, problems);
  if (!isKnown(value) || !ranged) return problems;
  if (!Number.isInteger(value) || value < min || value > max) {
    problems.push(`'${property}' must be ${Duration.seconds(min).toHumanString()} to ${Duration.seconds(max).toHumanString()} in whole seconds, got ${duration!.toHumanString()}`);
  }
  return problems;
}
