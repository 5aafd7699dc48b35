import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The ARN of a job in the scope's account and region; `*` for all. */
export function batchJobArn(scope: Construct, jobId: string): string {
  return Stack.of(scope).formatArn({ service: 's3', resource: 'job', resourceName: jobId, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}
