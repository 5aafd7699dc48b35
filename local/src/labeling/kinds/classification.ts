import { commonMetadata, confidence } from './per-object';
import type { TaskKind } from './task-kind';
import type { Annotation, AnsweredObject, ConsolidatedLabel, Consolidation, LabelContext } from '../labeled-object';
import { WorkerModel, type Estimate, type Question } from '../worker-model';

type ConsolidateAtOnce = (objects: readonly AnsweredObject[]) => Consolidation;

export const SINGLE_LABEL: TaskKind = { consolidation: singleLabelConsolidation };
export const MULTI_LABEL: TaskKind = { consolidation: multiLabelConsolidation };

/** One class an object: its index, its name and how sure the workers' answers make it. */
export function singleLabelConsolidation(context: LabelContext): ConsolidateAtOnce {
  const model = new WorkerModel();
  return (objects) => {
    const read = objects.map((object) => readable(object, (annotation) => votes(annotation, labelOf(annotation), context)));
    const questions = read.flatMap((each) => (each instanceof Error ? [] : [{ options: context.labels.length, votes: each.flat() }]));
    const estimates = model.consolidate(questions).values();
    return perObject(objects, read, () => singleLabel(estimates.next().value!, context));
  };
}

/** Every class that at least one worker chose, the surest first. */
function multiLabelConsolidation(context: LabelContext): ConsolidateAtOnce {
  const model = new WorkerModel();
  return (objects) => {
    const read = objects.map((object) => readable(object, (annotation) => labelsOf(annotation).map((label) => votes(annotation, label, context)[0])));
    const questions = read.map((each) => (each instanceof Error ? [] : questionsOf(each)));
    const estimates = model.consolidate(questions.flat()).values();
    return perObject(objects, read, (index) => multiLabel(
      questions[index].map(({ label }) => ({ label, confidence: confidence(estimates.next().value!.probabilities[1], context) })), context));
  };
}

/** Objects whose answers could not be read keep their error. */
function perObject(objects: readonly AnsweredObject[], read: readonly unknown[], label: (index: number) => ConsolidatedLabel): Consolidation {
  return new Map(objects.map(({ datasetObjectId }, index) => {
    const entry = read[index];
    return [datasetObjectId, entry instanceof Error ? entry : label(index)];
  }));
}

function singleLabel({ option, probabilities }: Estimate, context: LabelContext): ConsolidatedLabel {
  return {
    label: option,
    metadata: { 'class-name': context.labels[option], 'confidence': confidence(probabilities[option], context), ...commonMetadata(context) },
  };
}

function multiLabel(chosen: Array<{ label: number; confidence: number }>, context: LabelContext): ConsolidatedLabel {
  chosen.sort((a, b) => b.confidence - a.confidence || a.label - b.label);
  const byLabel = (value: (each: { label: number; confidence: number }) => unknown) => (
    Object.fromEntries(chosen.map((each) => [String(each.label), value(each)])));
  return {
    label: chosen.map(({ label }) => label),
    metadata: {
      'class-map': byLabel(({ label }) => context.labels[label]),
      'confidence-map': byLabel((each) => each.confidence),
      ...commonMetadata(context),
    },
  };
}

type Vote = Question['votes'][number];

/** For every label that anybody chose: did each worker choose it? */
function questionsOf(byWorker: Vote[][]): Array<Question & { readonly label: number }> {
  const labels = [...new Set(byWorker.flat().map((vote) => vote.option))].sort((a, b) => a - b);
  return labels.map((label) => ({
    label,
    options: 2,
    votes: byWorker.map((chosen) => ({ worker: chosen[0].worker, option: chosen.some((vote) => vote.option === label) ? 1 : 0 })),
  }));
}

function readable<T>(object: AnsweredObject, read: (annotation: Annotation) => T): T[] | Error {
  try {
    return object.annotations.map(read);
  } catch (error) {
    return error as Error;
  }
}

function votes({ workerId }: Annotation, label: string, { labels }: LabelContext): Vote[] {
  const option = labels.indexOf(label);
  if (option < 0) {
    throw new Error(`the answer '${label}' is none of the label categories`);
  }
  return [{ worker: workerId, option }];
}

/** The classifier's part of the form's output, whatever name the template gave it. */
function labelOf({ answer }: Annotation): string {
  for (const part of Object.values(answer)) {
    const label = (part as { label?: unknown } | null)?.label;
    if (typeof label === 'string') {
      return label;
    }
  }
  throw new Error('the answer has no "label": the template has no single-label classifier');
}

function labelsOf({ answer }: Annotation): string[] {
  for (const part of Object.values(answer)) {
    const labels = (part as { labels?: unknown } | null)?.labels;
    if (Array.isArray(labels) && labels.length > 0) {
      return labels as string[];
    }
  }
  throw new Error('the answer has no "labels": the template has no multi-label classifier');
}
