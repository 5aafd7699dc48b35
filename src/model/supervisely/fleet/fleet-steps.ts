import type { FleetJob } from './fleet-job';
import type { Places } from './image-places';
import { describeStep as describeGroupStep } from '../group-steps';

export type FleetStep =
  | CreateFleetJob
  | { readonly kind: 'stop'; readonly job: FleetJob; readonly why: string }
  /** For ever: of jobs that we have stopped, that nobody had begun with, and whose images others have now. */
  | { readonly kind: 'discard'; readonly job: FleetJob; readonly why: string }
  | { readonly kind: 'edit'; readonly job: FleetJob; readonly settings: boolean; readonly customData: boolean };

export interface CreateFleetJob {
  readonly kind: 'create';
  readonly userId: number;
  readonly generation: number;
  readonly datasetId: number;
  readonly imageIds: readonly number[];
}

export interface FleetPlan {
  readonly steps: readonly FleetStep[];
  /** What a user should know. */
  readonly notes: readonly string[];
  /** Nobody has to be stopped any more for labelers and weights to be as declared. */
  readonly levelled: boolean;
  readonly places: Places;
  /** Why nothing may be done at all. */
  readonly error?: string;
}

/** For people: `stop the job 7 of the user 101: its labeler is declared no more`. */
export function describeFleetStep(step: FleetStep): string {
  if (step.kind === 'create') return `make job ${step.generation} of the user ${step.userId} on ${step.imageIds.length} images of the dataset ${step.datasetId}`;
  return describeGroupStep(step);
}
