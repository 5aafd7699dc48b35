import type { EngineCore } from '../../../core/engine';
import { parseArn } from '../arns';
import { invalid } from '../errors';
import type { LabelingJobRequest } from '../labeling-job';

/** The topics of a streaming job must be in the job's region, standard ones, and there. */
export async function checkStreaming(core: EngineCore, request: LabelingJobRequest): Promise<void> {
  const input = request.InputConfig.DataSource.SnsDataSource?.SnsTopicArn;
  const output = request.OutputConfig.SnsTopicArn;
  if (input !== undefined) {
    await checkTopic(core, 'InputConfig.DataSource.SnsDataSource.SnsTopicArn', input);
  }
  if (output !== undefined) {
    await checkTopic(core, 'OutputConfig.SnsTopicArn', output);
  }
}

export async function checkTopic(core: EngineCore, member: string, arn: string): Promise<void> {
  if (parseArn(arn).region !== core.settings.region) {
    throw invalid(`${member} '${arn}' is not in the region ${core.settings.region}`);
  }
  if (arn.endsWith('.fifo')) {
    throw invalid(`${member} '${arn}' is a FIFO topic; only standard topics can be used`);
  }
  try {
    await core.call('sns', 'GetTopicAttributes', { TopicArn: arn });
  } catch (error) {
    throw invalid(`${member} '${arn}' cannot be used: ${(error as Error).message}`);
  }
}
