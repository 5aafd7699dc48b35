import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { JobProvider } from '../../private/job-provider';
import { stateBucketStatements } from '../../private/state-bucket';

/** What a job needs its handlers to be allowed. */
export interface LabelingJobAccess {
  /** ARN pattern of all jobs that this stack ever makes. */
  readonly jobs: string;
  readonly stateBucket: s3.IBucket;
  readonly role: iam.IRole;
}

/** The provider of a stack's labeling jobs. */
export function labelingJobProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'LabelingJobProvider',
    bundle: 'labeling-job',
    description: 'Ground Truth labeling jobs of this stack',
    waits: true,
  });
}

/** Rights to this stack's jobs by name prefix, which stays when a job goes, so that its clean-up still may. */
export function allowLabelingJob(provider: JobProvider, { jobs, stateBucket, role }: LabelingJobAccess): void {
  provider.allow('jobs', () => [
    new iam.PolicyStatement({
      actions: ['CreateLabelingJob', 'DescribeLabelingJob', 'StopLabelingJob', 'AddTags', 'DeleteTags', 'ListTags'].map((action) => `sagemaker:${action}`),
      resources: [jobs],
    }),
    // listing knows no resource
    new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] }),
  ]);
  provider.allow(`state ${stateBucket.node.path}`, () => stateBucketStatements(stateBucket));
  provider.allow(`role ${role.node.path}`, () => [
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
  ]);
}
