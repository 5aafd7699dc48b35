import { clusters, mean, type Mark } from './clusters';
import { answerPart, commonMetadata, confidence, mostFrequent, perObject } from './per-object';
import { checkReviewed } from './review';
import type { TaskKind } from './task-kind';
import { boxOverlap, type Box, type Size } from '../forms/shapes';
import type { AnsweredObject, ConsolidatedLabel, LabelContext } from '../labeled-object';

export interface BoxAnswer {
  readonly boundingBoxes: readonly Box[];
  readonly inputImageProperties: Size;
  readonly initialValueModified?: boolean;
}

/** Rectangles on images. */
export const BOUNDING_BOX: TaskKind = { consolidation: (context) => perObject((object) => consolidate(object, context)) };

/** Rectangles of an earlier job put right. */
export const BOUNDING_BOX_ADJUSTMENT: TaskKind = { ...BOUNDING_BOX, check: checkReviewed('groundtruth/object-detection') };

/** The most similar boxes of different workers are one, the mean of them; its class is the one that most of them chose. */
function consolidate({ annotations }: AnsweredObject, context: LabelContext): ConsolidatedLabel {
  const answers = annotations.map(({ workerId, answer }) => ({ worker: workerId, ...answerPart<BoxAnswer>(answer, 'boundingBoxes') }));
  const marks = answers.flatMap(({ worker, boundingBoxes }) => boundingBoxes.map((shape) => ({ worker, shape })));
  const boxes = clusters(marks, boxOverlap, answers.length).map((group) => merge(group, answers.length, context));
  const { width, height } = answers[0].inputImageProperties;
  return {
    label: {
      image_size: [{ width, height, depth: 3 }],
      annotations: boxes.map(({ box }) => box),
    },
    metadata: {
      'objects': boxes.map((each) => ({ confidence: each.confidence })),
      'class-map': classMap(boxes.map(({ box }) => box.class_id), context.labels),
      ...commonMetadata(context),
      ...(context.adjusts && { 'adjustment-status': answers.some((answer) => answer.initialValueModified) ? 'adjusted' : 'unadjusted' }),
    },
  };
}

interface ConsolidatedBox extends Size {
  readonly class_id: number;
  readonly top: number;
  readonly left: number;
}

function merge(group: ReadonlyArray<Mark<Box>>, workers: number, context: LabelContext): { box: ConsolidatedBox; confidence: number } {
  const average = (side: 'left' | 'top' | 'width' | 'height') => Math.round(mean(group.map(({ shape }) => shape[side])));
  const { value: label, count } = mostFrequent(group.map(({ shape }) => shape.label));
  const shape = { left: average('left'), top: average('top'), width: average('width'), height: average('height') };
  const agreement = mean(group.map((mark) => boxOverlap(mark.shape, shape)));
  return { box: { class_id: classId(label, context.labels), ...shape }, confidence: confidence(agreement * count / workers, context) };
}

function classId(label: string, labels: readonly string[]): number {
  const id = labels.indexOf(label);
  if (id < 0) {
    throw new Error(`the answer '${label}' is none of the label categories`);
  }
  return id;
}

/** The classes that occur, by their number. */
export function classMap(ids: readonly number[], labels: readonly string[]): Record<string, string> {
  return Object.fromEntries([...new Set(ids)].sort((a, b) => a - b).map((id) => [String(id), labels[id]]));
}
