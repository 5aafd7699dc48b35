import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { JobProvider } from '../../private/job-provider';
import { keyStatements } from '../../private/s3-location';
import { stateBucketStatements } from '../../private/state-bucket';

/** What a job needs its handlers to be allowed. */
export interface LabelingJobAccess {
  /** ARN pattern of all jobs that this stack ever makes. */
  readonly jobs: string;
  readonly stateBucket: s3.IBucket;
  readonly role: iam.IRole;
  readonly outputBucket: s3.IBucket;
  readonly outputKeys: string;
  /** Where a manifest of what is left is written, for jobs that would label every object again. */
  readonly resumeKeys?: string;
}

/** The provider of a stack's labeling jobs. */
export function labelingJobProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'LabelingJobProvider',
    bundle: 'labeling-job',
    description: 'Ground Truth labeling jobs of this stack',
    // a lease outlives the call of a handler that crashed, so a call must not be longer than it needs
    handlerTimeout: Duration.minutes(5),
    waits: true,
  });
}

/**
 * Rights to this stack's jobs by name prefix, which stays when a job goes, so that its clean-up still may. The table that says why stands
 * in the handler.
 */
export function allowLabelingJob(provider: JobProvider, access: LabelingJobAccess): void {
  const { jobs, stateBucket, role } = access;
  provider.allow('jobs', () => [
    // listing knows no resource
    new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] }),
    new iam.PolicyStatement({ actions: ['sagemaker:DescribeLabelingJob'], resources: [jobs] }),
  ]);
  provider.allow(`state ${stateBucket.node.path}`, () => stateBucketStatements(stateBucket));
  provider.allowToAct('act', () => [new iam.PolicyStatement({
    actions: ['sagemaker:CreateLabelingJob', 'sagemaker:StopLabelingJob', 'sagemaker:AddTags', 'sagemaker:DeleteTags'],
    resources: [jobs],
  })]);
  provider.allowToAct(`role ${role.node.path}`, () => [new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [role.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  })]);
  provider.allowToAct(`output ${access.outputBucket.node.path} ${access.outputKeys} ${access.resumeKeys}`, () => outputStatements(access));
}

/** To see what a job has left, and where the service does not see it itself, to write it down for the next one. */
function outputStatements({ outputBucket, outputKeys, resumeKeys }: LabelingJobAccess): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [outputBucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [outputBucket.arnForObjects(outputKeys)] }),
    ...(resumeKeys === undefined ? [] : [
      new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [outputBucket.arnForObjects(resumeKeys)] }),
    ]),
    ...keyStatements(outputBucket, resumeKeys === undefined ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}
