import type { DataObject } from './data-object';
import { FUNCTION_EVENT_VERSION, invokeTaskFunction } from './task-function-call';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

/** What the template is rendered with; nothing where no human is needed. */
export type TaskInput = { readonly input: unknown } | undefined;

/** Makes a task out of a data object: by the user's function, or as the service's own functions do. */
export function preAnnotation(core: EngineCore, { arn, plan }: LabelingJob): (object: DataObject) => Promise<TaskInput> {
  const { preFunction: fn, labels } = plan;
  if (fn?.kind === 'own') {
    return async ({ line }) => {
      const event = { version: FUNCTION_EVENT_VERSION, labelingJobArn: arn, dataObject: line };
      return readAnswer(await invokeTaskFunction(core, fn.arn, event));
    };
  }
  if (fn === undefined || fn.taskType.suffix === 'PassThrough') {
    return async ({ line }) => ({ input: line });
  }
  const reviews = fn.taskType.review !== undefined;
  return async ({ source, sourceRef, line }) => ({ input: { taskObject: source ?? sourceRef, labels, ...(reviews && { manifestLine: line }) } });
}

function readAnswer(answer: unknown): TaskInput {
  const { taskInput, isHumanAnnotationRequired = true } = (answer ?? {}) as { taskInput?: unknown; isHumanAnnotationRequired?: unknown };
  const required = String(isHumanAnnotationRequired);
  // the samples of the service's own guide answer the words "true" and "false"
  if (required !== 'true' && required !== 'false') {
    throw new Error(`the pre-annotation function answered isHumanAnnotationRequired ${JSON.stringify(isHumanAnnotationRequired)}; it must be true or false`);
  }
  if (required === 'false') {
    return undefined;
  }
  if (typeof taskInput !== 'object' || taskInput === null) {
    throw new Error('the pre-annotation function answered no object "taskInput"');
  }
  return { input: taskInput };
}
