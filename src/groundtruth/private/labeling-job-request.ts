import { Aws } from 'aws-cdk-lib';
import { BoundAutomatedLabeling } from './automated-labeling';
import { BoundLabelCategories } from '../../label-categories';
import { algorithmArn } from '../../model/groundtruth/built-in-functions';
import { labelingJobRequest } from '../../model/groundtruth/request';
import { LabelingJobProps } from '../labeling-job-props';
import { StreamTopics } from './stream-role';
import { BoundTaskType } from './task-type-definition';

/** A job's properties with all their parts in place. */
export interface BoundLabelingJob {
  /** Without a team where each part of a dataset has its own. */
  readonly props: Omit<LabelingJobProps, 'workteam'> & Partial<Pick<LabelingJobProps, 'workteam'>>;
  /** Absent where the handlers make it. */
  readonly manifestUri?: string;
  /** There for a streaming job. */
  readonly topics?: StreamTopics;
  readonly labels?: BoundLabelCategories;
  readonly task: BoundTaskType;
  readonly automated?: BoundAutomatedLabeling;
  readonly roleArn: string;
  readonly outputPath: string;
}

/** Five minutes, as in the console. */
const DEFAULT_TIME_LIMIT_SECONDS = 300;

export function jobRequest({ props, manifestUri, topics, labels, task, automated, roleArn, outputPath }: BoundLabelingJob): Record<string, unknown> {
  const rules = props.taskType._rules;
  return labelingJobRequest({
    manifestUri,
    inputTopicArn: topics?.input.topicArn,
    outputTopicArn: topics?.output?.topicArn,
    contentClassifiers: props.contentClassifiers,
    outputPath,
    outputKeyId: props.outputKey?.keyArn,
    roleArn,
    labelCategoriesUri: labels?.location.uri,
    maxHumanLabeledObjectCount: props.maxHumanLabeledObjectCount,
    maxPercentageOfInputDatasetLabeled: props.maxPercentageOfInputDatasetLabeled,
    workteamArn: props.workteam?.workteamArn,
    templateUri: task.template?.location.uri,
    humanTaskUiArn: task.humanTaskUiArn,
    preHumanTaskLambdaArn: task.preHumanTaskLambdaArn,
    consolidationLambdaArn: task.consolidationLambdaArn,
    taskKeywords: props.keywords,
    taskTitle: props.title ?? rules.title,
    taskDescription: props.description ?? rules.description,
    workersPerDataObject: props.workersPerDataObject ?? rules.defaultWorkers,
    taskTimeLimitSeconds: props.taskTimeLimit?.toSeconds() ?? DEFAULT_TIME_LIMIT_SECONDS,
    taskAvailabilityLifetimeSeconds: props.taskAvailabilityLifetime?.toSeconds(),
    maxConcurrentTaskCount: props.maxConcurrentTaskCount,
    taskPrice: props.taskPrice?._tenthsOfACent,
    automatedLabeling: automated && { ...automated.request, algorithmArn: algorithmArn(rules.algorithm!, Aws.REGION) },
  });
}

/**
 * The fields that the user set and that leave the labels' meaning alone. What the library fills in or generates is missing on purpose:
 * a new version of it must not stop a running job.
 */
export function jobRevision({ props, labels, task, automated, outputPath }: BoundLabelingJob): Record<string, unknown> {
  return {
    attempt: props.attempt,
    automatedLabeling: automated?.revision,
    consolidation: task.consolidation?.functionArn,
    contentClassifiers: props.contentClassifiers,
    description: props.description,
    instructions: labels?.revision,
    keywords: props.keywords,
    maxConcurrentTaskCount: props.maxConcurrentTaskCount,
    maxHumanLabeledObjectCount: props.maxHumanLabeledObjectCount,
    maxPercentageOfInputDatasetLabeled: props.maxPercentageOfInputDatasetLabeled,
    outputKey: props.outputKey?.keyArn,
    outputTopic: props.outputTopic?.topicArn,
    outputPath: props.outputBucket || props.outputPrefix !== undefined ? outputPath : undefined,
    preAnnotation: task.preAnnotation?.functionArn,
    role: props.role?.roleArn,
    taskAvailabilityLifetime: props.taskAvailabilityLifetime?.toSeconds(),
    taskPrice: props.taskPrice?._tenthsOfACent,
    taskTimeLimit: props.taskTimeLimit?.toSeconds(),
    template: task.template?.revision,
    title: props.title,
    workersPerDataObject: props.workersPerDataObject,
    workteam: props.workteam?.workteamArn,
  };
}
