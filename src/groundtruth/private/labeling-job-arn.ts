import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The ARN of a labeling job in the scope's account and region. */
export function labelingJobArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'labeling-job', resourceName: name, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}
