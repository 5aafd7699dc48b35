import { singleLabelConsolidation } from './classification';
import { checkReviewed } from './review';
import type { TaskKind } from './task-kind';
import type { Annotation, AnsweredObject } from '../labeled-object';

/** A judgement of an earlier job's labels: a class as in a classification, and what workers remarked. */
function verification(reviewedType: string): TaskKind {
  return {
    check: checkReviewed(reviewedType),
    consolidation: (context) => {
      const consolidate = singleLabelConsolidation(context);
      return (objects) => {
        const labels = consolidate(objects.map((object) => ({ ...object, annotations: object.annotations.map(chosenLabel) })));
        return new Map(objects.map((object) => [object.datasetObjectId, withFeedback(object, labels.get(object.datasetObjectId)!)]));
      };
    },
  };
}

export const BOUNDING_BOX_VERIFICATION = verification('groundtruth/object-detection');
export const SEGMENTATION_VERIFICATION = verification('groundtruth/semantic-segmentation');

/** Templates ask with a classifier or with radio buttons. */
function chosenLabel(annotation: Annotation): Annotation {
  const parts = Object.entries(annotation.answer);
  if (parts.some(([, part]) => typeof (part as { label?: unknown } | null)?.label === 'string')) {
    return annotation;
  }
  const label = parts.flatMap(([, part]) => Object.entries(part as object ?? {})).find(([, checked]) => checked === true)?.[0];
  return { ...annotation, answer: { chosen: { label } } };
}

/** Empty remarks are left out. */
function withFeedback<T>({ annotations }: AnsweredObject, result: T | Error): T | Error {
  const comments = annotations.flatMap(({ answer }) => Object.values(answer)).filter((part) => typeof part === 'string' && part.trim() !== '');
  return result instanceof Error || comments.length === 0 ? result : addFeedback(result, comments as string[]);
}

function addFeedback<T>(result: T, comments: readonly string[]): T {
  const { metadata } = result as { metadata: object };
  return { ...result, metadata: { ...metadata, 'worker-feedback': comments.map((comment) => ({ comment })) } };
}
