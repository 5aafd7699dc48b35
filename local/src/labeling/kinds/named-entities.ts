import { clusters, mean, type Mark } from './clusters';
import { answerPart, commonMetadata, confidence, mostFrequent, perObject } from './per-object';
import type { TaskKind } from './task-kind';
import { spanOverlap, type Span } from '../forms/shapes';
import type { AnsweredObject, ConsolidatedLabel, LabelContext } from '../labeled-object';

/** Parts of a text, in the service's own user interface. */
export const NAMED_ENTITIES: TaskKind = {
  fields: async ({ object, categories }) => [{
    kind: 'spans',
    name: 'crowd-entity-annotation',
    labels: categories.labels.map(({ label }) => label),
    text: object.source!,
  }],
  consolidation: (context) => perObject((object) => consolidate(object, context)),
};

function consolidate({ annotations }: AnsweredObject, context: LabelContext): ConsolidatedLabel {
  const marks = annotations.flatMap(({ workerId, answer }) => (
    answerPart<{ entities: Span[] }>(answer, 'entities').entities.map((shape) => ({ worker: workerId, shape }))));
  const entities = clusters(marks, spanOverlap, annotations.length).map((group) => merge(group, annotations.length, context))
    .sort((a, b) => a.span.startOffset - b.span.startOffset || a.span.endOffset - b.span.endOffset);
  const labels = context.categories.labels.map(({ label, shortDisplayName }) => ({ label, ...(shortDisplayName !== undefined && { shortDisplayName }) }));
  return {
    label: { annotations: { labels, entities: entities.map(({ span }) => span) } },
    metadata: { ...commonMetadata(context), entities: entities.map((entity) => ({ confidence: entity.confidence })) },
  };
}

/** Where most saw its bounds, else the median; the label is the one that stands most often in the cluster. */
function merge(group: ReadonlyArray<Mark<Span>>, workers: number, context: LabelContext): { span: Span; confidence: number } {
  const { value: label, count } = mostFrequent(group.map(({ shape }) => shape.label));
  const span = {
    label,
    startOffset: modeOrMedian(group.map(({ shape }) => shape.startOffset)),
    endOffset: modeOrMedian(group.map(({ shape }) => shape.endOffset)),
  };
  return { span, confidence: confidence(mean(group.map(({ shape }) => spanOverlap(shape, span))) * count / workers, context) };
}

function modeOrMedian(values: readonly number[]): number {
  const { value, count } = mostFrequent(values);
  const rivals = new Set(values.filter((each) => values.filter((other) => other === each).length === count)).size;
  return rivals === 1 ? value : [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
