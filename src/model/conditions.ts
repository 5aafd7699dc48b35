import { Counters, objectsLeft } from './counters';

/** When a job ends before all objects are labeled. The names are Ground Truth's. */
export interface StoppingConditions {
  readonly MaxHumanLabeledObjectCount?: number;
  readonly MaxPercentageOfInputDatasetLabeled?: number;
}

/** Of a create request in the service's own spelling. */
export function conditionsOf(request: Readonly<Record<string, unknown>>): StoppingConditions {
  return (request.StoppingConditions ?? {}) as StoppingConditions;
}

export function conditionMet(conditions: StoppingConditions, counters: Counters): boolean {
  const { MaxHumanLabeledObjectCount: objects, MaxPercentageOfInputDatasetLabeled: percentage } = conditions;
  const total = counters.totalLabeled + objectsLeft(counters);
  return (objects !== undefined && counters.humanLabeled >= objects)
    || (percentage !== undefined && total > 0 && counters.totalLabeled * 100 >= percentage * total);
}

/**
 * What remains of the conditions for the next generation, after `done` was labeled by all generations together and `left` is
 * what the next one reads as unlabeled; `undefined` when a condition is met already, so that no generation may start.
 */
export function remainingConditions(conditions: StoppingConditions, done: Counters, left: number): StoppingConditions | undefined {
  const { MaxHumanLabeledObjectCount: objects, MaxPercentageOfInputDatasetLabeled: percentage } = conditions;
  const remaining: { -readonly [K in keyof StoppingConditions]: StoppingConditions[K] } = {};
  if (objects !== undefined) {
    remaining.MaxHumanLabeledObjectCount = objects - done.humanLabeled;
    if (remaining.MaxHumanLabeledObjectCount < 1) return undefined;
  }
  if (percentage !== undefined) {
    const wanted = Math.ceil((percentage * (done.totalLabeled + left)) / 100) - done.totalLabeled;
    if (wanted < 1 || left < 1) return undefined;
    remaining.MaxPercentageOfInputDatasetLabeled = Math.min(100, Math.max(1, Math.floor((wanted * 100) / left)));
  }
  return remaining;
}
