import type { EngineSettings } from '../../../core/engine';
import { GROUND_TRUTH_ACCOUNT, parseArn } from '../arns';
import { invalid } from '../errors';
import type { LabelingJobRequest, UsdAmount } from '../labeling-job';
import type { TaskType } from '../task-types';

export function isPublicCrowd(workteamArn: string): boolean {
  return /:workteam\/public-crowd\//.test(workteamArn);
}

/** Allowed prices in tenths of a cent. */
const PRICES: readonly number[] = [12, 24, 36, 48, 60, 72, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200];
const LOWEST_PRICE: ReadonlyArray<readonly [RegExp, number]> = [[/SemanticSegmentation$/, 840], [/BoundingBox$/, 36]];

/** The team must be one of this account, or Mechanical Turk with all that it asks for. */
export function checkWorkteam(settings: EngineSettings, request: LabelingJobRequest, taskType: TaskType, exists: (arn: string) => boolean): void {
  const { WorkteamArn: arn, PublicWorkforceTaskPrice: price } = request.HumanTaskConfig;
  if (parseArn(arn).region !== settings.region) {
    throw invalid(`HumanTaskConfig.WorkteamArn '${arn}' is not in the labeling job's region, ${settings.region}`);
  }
  if (isPublicCrowd(arn)) {
    checkPublicCrowd(settings, request, taskType);
    return;
  }
  if (price !== undefined) {
    throw invalid('HumanTaskConfig.PublicWorkforceTaskPrice is for the Amazon Mechanical Turk workforce only; leave it out for a private or vendor work team');
  }
  if (!exists(arn)) {
    throw invalid(`HumanTaskConfig.WorkteamArn '${arn}' does not exist`);
  }
}

function checkPublicCrowd(settings: EngineSettings, request: LabelingJobRequest, taskType: TaskType): void {
  const { WorkteamArn: arn, PublicWorkforceTaskPrice: price } = request.HumanTaskConfig;
  const only = `arn:${settings.partition}:sagemaker:${settings.region}:${GROUND_TRUTH_ACCOUNT}:workteam/public-crowd/default`;
  if (arn !== only) {
    throw invalid(`HumanTaskConfig.WorkteamArn '${arn}' does not exist; the Amazon Mechanical Turk work team is '${only}'`);
  }
  if (taskType.singleWorker) {
    throw invalid(`the Amazon Mechanical Turk workforce cannot be used for the task type ${taskType.suffix}`);
  }
  if (!request.InputConfig.DataAttributes?.ContentClassifiers?.includes('FreeOfPersonallyIdentifiableInformation')) {
    throw invalid("InputConfig.DataAttributes.ContentClassifiers must contain 'FreeOfPersonallyIdentifiableInformation' "
      + 'for the Amazon Mechanical Turk workforce');
  }
  if (price?.AmountInUsd === undefined) {
    throw invalid('HumanTaskConfig.PublicWorkforceTaskPrice.AmountInUsd is required for the Amazon Mechanical Turk workforce');
  }
  checkPrice(price.AmountInUsd, taskType);
}

function checkPrice(amount: UsdAmount, taskType: TaskType): void {
  const price = (amount.Dollars ?? 0) * 1000 + (amount.Cents ?? 0) * 10 + (amount.TenthFractionsOfACent ?? 0);
  const lowest = LOWEST_PRICE.find(([suffix]) => suffix.test(taskType.suffix))?.[1] ?? 0;
  const allowed = PRICES.filter((each) => each >= lowest);
  if (!allowed.includes(price)) {
    throw invalid(`HumanTaskConfig.PublicWorkforceTaskPrice of $${(price / 1000).toFixed(3)} is not allowed for this task type; `
      + `allowed: ${allowed.map((each) => (each / 1000).toFixed(3)).join(', ')}`);
  }
}
