import { multiLabelConsolidation, singleLabelConsolidation, type Consolidate } from './classification';
import { creationDate, type AnsweredObject, type ConsolidatedLabel, type Consolidation, type LabelContext } from './labeled-object';
import { FUNCTION_EVENT_VERSION, invokeTaskFunction } from './task-function-call';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import { CUSTOM, type TaskType } from '../services/sagemaker/task-types';

/** Consolidates the answers to some objects; the same are in the file at `payloadUri`. */
export type Consolidator = (objects: readonly AnsweredObject[], payloadUri: string) => Promise<Consolidation>;

const BUILT_IN: Readonly<Record<string, (context: LabelContext) => Consolidate>> = {
  ImageMultiClass: singleLabelConsolidation,
  ImageMultiClassMultiLabel: multiLabelConsolidation,
  TextMultiClass: singleLabelConsolidation,
  TextMultiClassMultiLabel: multiLabelConsolidation,
  PassThrough: withoutConsolidation,
};

/** Whether the simulated annotators and functions can carry out a task type. */
export function simulates(taskType: TaskType): boolean {
  return taskType === CUSTOM || taskType.suffix in BUILT_IN;
}

export function consolidator(core: EngineCore, job: LabelingJob): Consolidator {
  const fn = job.plan.consolidationFunction;
  const context: LabelContext = {
    jobName: job.name,
    labels: job.plan.labels,
    outputType: job.plan.taskType.outputType ?? CUSTOM.outputType!,
    workers: job.request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject,
    now: () => new Date(core.clock.now()),
  };
  if (fn?.kind === 'own') {
    return async (objects, payloadUri) => readAnswer(await invokeTaskFunction(core, fn.arn, event(job, payloadUri)), objects, job, context);
  }
  const consolidate = BUILT_IN[fn?.taskType.suffix ?? 'PassThrough'](context);
  return async (objects) => consolidate(objects);
}

function event(job: LabelingJob, payloadUri: string): object {
  return {
    version: FUNCTION_EVENT_VERSION,
    labelingJobArn: job.arn,
    ...(job.request.LabelCategoryConfigS3Uri !== undefined && { labelCategories: job.plan.labels }),
    labelAttributeName: job.request.LabelAttributeName,
    roleArn: job.request.RoleArn,
    payload: { s3Uri: payloadUri },
  };
}

interface AnswerEntry {
  readonly datasetObjectId?: unknown;
  readonly consolidatedAnnotation?: { readonly content?: Readonly<Record<string, unknown>> };
}

/** Takes what the function answered object by object: one bad entry does not spoil the others. */
function readAnswer(answer: unknown, objects: readonly AnsweredObject[], job: LabelingJob, context: LabelContext): Consolidation {
  if (!Array.isArray(answer)) {
    throw new Error('the annotation consolidation function answered no list');
  }
  const entries = new Map((answer as AnswerEntry[]).map((entry) => [String(entry?.datasetObjectId), entry]));
  const attribute = job.request.LabelAttributeName;
  return new Map(objects.map(({ datasetObjectId }) => [datasetObjectId, readEntry(entries.get(datasetObjectId), attribute, context)]));
}

function readEntry(entry: AnswerEntry | undefined, attribute: string, context: LabelContext): ConsolidatedLabel | Error {
  if (entry === undefined) {
    return new Error('the annotation consolidation function answered nothing for the object');
  }
  const label = entry.consolidatedAnnotation?.content?.[attribute];
  return label === undefined
    ? new Error(`the annotation consolidation function answered no consolidatedAnnotation.content["${attribute}"]`)
    : { label, metadata: customMetadata(context) };
}

/** Without a consolidation function the label is empty and points to the workers' answers. */
function withoutConsolidation(context: LabelContext): Consolidate {
  return (objects) => new Map(objects.map(({ datasetObjectId, annotations }) => [datasetObjectId, {
    label: {},
    metadata: { ...customMetadata(context), 'worker-response-ref': annotations.at(-1)!.responseUri },
  }]));
}

/** Custom workflows spell these keys with underscores. */
function customMetadata({ jobName, now }: LabelContext): Record<string, unknown> {
  return { 'job_name': jobName, 'type': CUSTOM.outputType, 'human-annotated': 'yes', 'creation_date': creationDate(now()) };
}
