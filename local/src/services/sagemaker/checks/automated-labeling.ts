import type { EngineSettings } from '../../../core/engine';
import { ALGORITHM_ACCOUNT } from '../arns';
import { invalid } from '../errors';
import type { LabelingJobRequest } from '../labeling-job';
import type { TaskType } from '../task-types';

export function checkAutomatedLabeling(settings: EngineSettings, request: LabelingJobRequest, taskType: TaskType): void {
  const config = request.LabelingJobAlgorithmsConfig;
  if (config === undefined) {
    return;
  }
  if (request.InputConfig.DataSource.SnsDataSource !== undefined) {
    throw invalid('LabelingJobAlgorithmsConfig cannot be used with a streaming labeling job');
  }
  if (taskType.algorithm === undefined) {
    throw invalid(`LabelingJobAlgorithmsConfig cannot be used with the task type ${taskType.suffix || 'custom'}: it has no automated labeling`);
  }
  const expected = `arn:${settings.partition}:sagemaker:${settings.region}:${ALGORITHM_ACCOUNT}:labeling-job-algorithm-specification/${taskType.algorithm}`;
  if (config.LabelingJobAlgorithmSpecificationArn !== expected) {
    throw invalid(`LabelingJobAlgorithmsConfig.LabelingJobAlgorithmSpecificationArn must be '${expected}' for the task type ${taskType.suffix}, `
      + `got '${config.LabelingJobAlgorithmSpecificationArn}'`);
  }
}
