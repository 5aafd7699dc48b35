import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { JobProvider } from '../../private/job-provider';
import { keyStatements } from '../../private/s3-location';
import { stateBucketStatements } from '../../private/state-bucket';

/** A bucket of labels, and the key that encrypts them where the bucket does not do it by itself. */
export interface OutputBucket {
  readonly bucket: s3.IBucket;
  readonly key?: kms.IKey;
}

/** What a job needs its handlers to be allowed. */
export interface LabelingJobAccess {
  /** ARN pattern of all jobs that this stack ever makes. */
  readonly jobs: string;
  readonly stateBucket: s3.IBucket;
  readonly role: iam.IRole;
  /** Where this and earlier generations write. */
  readonly outputs: OutputBucket[];
  /** Pattern of the keys of what this stack's jobs write, wherever their output prefix is or was. */
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
  access.outputs.forEach(({ bucket, key }) => provider.allowToAct(`read ${bucket.node.path} ${key?.node.path}`, () => [
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(access.outputKeys)] }),
    ...keyStatements(bucket, ['kms:Decrypt'], key),
  ]));
  const { resumeKeys, outputs: [{ bucket: output }] } = access;
  if (resumeKeys === undefined) return;
  provider.allowToAct(`resume ${output.node.path} ${resumeKeys}`, () => [
    new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [output.arnForObjects(resumeKeys)] }),
    ...keyStatements(output, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
}
