import type { Records } from './records';
import type { LabelCounters, LabelingJob } from '../services/sagemaker/labeling-job';

/** How many objects more a job's stopping conditions let people label. */
export function humanAllowance(job: LabelingJob, records: Records, { HumanLabeled }: LabelCounters): number {
  const { MaxHumanLabeledObjectCount: most = Infinity } = job.request.StoppingConditions ?? {};
  return Math.max(0, Math.min(most - HumanLabeled, allowance(job, records)));
}

/** How many objects more a job's stopping conditions let be labeled, by whomsoever. */
export function allowance({ request }: LabelingJob, records: Records): number {
  const { MaxPercentageOfInputDatasetLabeled: percentage } = request.StoppingConditions ?? {};
  const share = percentage === undefined ? Infinity : Math.ceil(records.size * percentage / 100) - records.count('carried');
  return Math.max(0, share - records.count('labeled'));
}
