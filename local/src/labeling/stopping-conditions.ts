import type { Records } from './records';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

/** How many objects more a job's stopping conditions let be labeled. */
export function allowance({ request }: LabelingJob, records: Records): number {
  const { MaxHumanLabeledObjectCount: count = Infinity, MaxPercentageOfInputDatasetLabeled: percentage } = request.StoppingConditions ?? {};
  const share = percentage === undefined ? Infinity : Math.ceil(records.size * percentage / 100) - records.count('carried');
  return Math.max(0, Math.min(count, share) - records.count('labeled'));
}
