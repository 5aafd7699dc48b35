import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isKnown } from '../../private/tokens';

/** The ARN of a labeling job in the scope's account and region. */
export function labelingJobArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'labeling-job', resourceName: name, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}

/** The ARN of the queue that Ground Truth makes for a streaming job, or of several by a pattern: the job's name in it is in lower case. */
export function jobQueueArn(scope: Construct, jobName: string): string {
  const resource = `GroundTruth-${isKnown(jobName) ? jobName.toLowerCase() : jobName}`;
  return Stack.of(scope).formatArn({ service: 'sqs', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}

/** A name as its owner wrote it, and as it stands in ARNs that the service gives out: in lower case. */
export function spellings(name: string): string[] {
  return isKnown(name) ? [...new Set([name, name.toLowerCase()])] : [name];
}
