import type { JobOutput } from './job-output';
import { kindOf } from './kinds';
import { customMetadata } from './kinds/pass-through';
import type { AnsweredObject, ConsolidatedLabel, Consolidation, LabelContext } from './labeled-object';
import { FUNCTION_EVENT_VERSION, invokeTaskFunction } from './task-function-call';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import { CUSTOM } from '../services/sagemaker/task-types';

/** Consolidates the answers to some objects; the same are in the file at `payloadUri`. */
export type Consolidator = (objects: readonly AnsweredObject[], payloadUri: string) => Promise<Consolidation>;

export function consolidator(core: EngineCore, job: LabelingJob, output: JobOutput): Consolidator {
  const fn = job.plan.consolidationFunction;
  const context = labelContext(core, job, output);
  if (fn?.kind === 'own') {
    return async (objects, payloadUri) => readAnswer(await invokeTaskFunction(core, fn.arn, event(job, payloadUri)), objects, job, context);
  }
  const consolidate = kindOf(fn?.taskType ?? CUSTOM).consolidation(context);
  return async (objects) => consolidate(objects);
}

export function labelContext(core: EngineCore, job: LabelingJob, output: JobOutput): LabelContext {
  const { taskType, labels, categories } = job.plan;
  return {
    jobName: job.name,
    labels,
    categories,
    outputType: taskType.outputType ?? CUSTOM.outputType!,
    workers: job.request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject,
    adjusts: taskType.review === 'adjustment',
    now: () => new Date(core.clock.now()),
    store: (name, content, contentType) => output.put(`annotations/consolidated-annotation/output/${name}`, content, contentType),
  };
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
