import { LIMITS } from './limits';

/** Ids of the task types that a model can learn from the workers, for messages. */
export const AUTOMATED_TASK_TYPES = 'ImageMultiClass, BoundingBox, SemanticSegmentation and TextMultiClass';

/** A job with automated labeling and fewer objects than that fails. */
export function canBeAutomated(objects: number): boolean {
  return objects >= LIMITS.automatedLabeling.minObjects;
}

/** The request for a dataset of that size: people label one that is too small for a model to learn from. */
export function automatedIfLarge<T extends Readonly<Record<string, unknown>>>(request: T, objects: number | undefined): T | Omit<T, 'LabelingJobAlgorithmsConfig'> {
  if (objects === undefined || canBeAutomated(objects)) return request;
  const { LabelingJobAlgorithmsConfig, ...rest } = request;
  return rest;
}
