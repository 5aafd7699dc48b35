import { creationDate, type AnsweredObject, type ConsolidatedLabel, type LabelContext } from '../labeled-object';
import type { Consolidate } from './task-kind';

type LabelObject = (object: AnsweredObject) => ConsolidatedLabel | Promise<ConsolidatedLabel>;

/** A consolidation that looks at each object by itself: an object whose answers cannot be read keeps its error. */
export function perObject(label: LabelObject): Consolidate {
  return async (objects) => {
    const labels = new Map<string, ConsolidatedLabel | Error>();
    for (const object of objects) {
      labels.set(object.datasetObjectId, await tried(object, label));
    }
    return labels;
  };
}

async function tried(object: AnsweredObject, label: LabelObject): Promise<ConsolidatedLabel | Error> {
  try {
    return await label(object);
  } catch (error) {
    return error as Error;
  }
}

/** The members that the metadata of every built-in type have. */
export function commonMetadata({ jobName, outputType, now }: LabelContext): Record<string, unknown> {
  return { 'type': outputType, 'job-name': `labeling-job/${jobName}`, 'human-annotated': 'yes', 'creation-date': creationDate(now()) };
}

/** Of the parts of a form's output, whatever names the template gave them, the first that holds a member. */
export function answerPart<T>(answer: Readonly<Record<string, unknown>>, member: string): T {
  const part = Object.values(answer).find((each) => typeof each === 'object' && each !== null && member in each);
  if (part === undefined) {
    throw new Error(`the answer has no "${member}": the template has no element of the task type`);
  }
  return part as T;
}

/** Zero where a single worker labels each object, as documented; else in two digits. */
export function confidence(probability: number, { workers }: LabelContext): number {
  return workers === 1 ? 0 : Math.round(probability * 100) / 100;
}

/** The value that stands most often, the earliest of equals. */
export function mostFrequent<T>(values: readonly T[]): { readonly value: T; readonly count: number } {
  const counts = new Map<T, number>();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  const [value, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return { value, count };
}
