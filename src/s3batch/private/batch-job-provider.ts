import { Aws, Duration, Resource, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { batchJobArn } from './batch-job-arn';
import { BatchJobReconcileEvent } from './batch-job-contract';
import { BATCH_OPERATIONS } from './job-role';
import { ObjectPattern } from './manifest-definition';
import { Entitled, IS_COMPLETE, JobProvider } from '../../private/job-provider';
import { OWNER_TAGS } from '../../private/owner-tags-contract';
import { keyStatements } from '../../private/s3-location';
import { STACK_GUID, stateBucketStatements } from '../../private/state-bucket';

/** What a job needs its handlers to be allowed. */
export interface BatchJobAccess {
  /** The present one first, then those before. */
  readonly stateBuckets: readonly s3.IBucket[];
  readonly role: iam.IRole;
  /** Manifest and report. */
  readonly read: readonly ObjectPattern[];
}

const RECONCILE = 'Reconcile';
const ACTING: Entitled = [IS_COMPLETE, RECONCILE];

/** A call of a handler that crashed leaves its lease behind, so a call must not be longer than it needs. */
const HANDLER_TIMEOUT = Duration.minutes(5);

/** The provider of a stack's jobs. */
export function batchJobProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'BatchJobProvider',
    bundle: 'batch-job',
    description: 'S3 Batch Operations jobs of this stack',
    handlerTimeout: HANDLER_TIMEOUT,
    waits: true,
  });
}

/** Lets a rule look at one job without a deployment. */
export function batchJobWaker(provider: JobProvider, event: BatchJobReconcileEvent): events.IRuleTarget {
  const reconciler = provider.worker(RECONCILE, { handler: 'reconcile', does: 'looks at a job without a deployment', timeout: HANDLER_TIMEOUT });
  return new targets.LambdaFunction(reconciler, { event: events.RuleTargetInput.fromObject(event) });
}

/** The parameter that is changed where drift is found. */
export function allowDrift(scope: Construct, provider: JobProvider, parameterName: string): void {
  const resources = [Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.replace(/^\//, '') })];
  provider.allow(`drift ${parameterName}`, [RECONCILE], () => [new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources })]);
}

/**
 * Jobs have ids of S3's own, so nothing tells a stack's jobs from others but their tags. The table that says why each right is there stands in
 * the handler.
 */
export function allowBatchJob(scope: Construct, provider: JobProvider, { stateBuckets, role, read }: BatchJobAccess): void {
  const jobs = [batchJobArn(scope, '*')];
  const ofStack = (keys: string) => ({ StringEquals: { [`aws:${keys}/${OWNER_TAGS.stackId}`]: Aws.STACK_ID } });
  // listing and creating know no resource
  provider.allow('list', 'all', () => [new iam.PolicyStatement({ actions: ['s3:ListJobs'], resources: ['*'] })]);
  provider.allow('describe', 'all', () => [new iam.PolicyStatement({ actions: ['s3:DescribeJob', 's3:GetJobTagging'], resources: jobs })]);
  provider.allow('create', ACTING, () => [
    new iam.PolicyStatement({ actions: ['s3:CreateJob'], resources: ['*'], conditions: ofStack('RequestTag') }),
    new iam.PolicyStatement({ actions: ['s3:PutJobTagging'], resources: jobs, conditions: ofStack('RequestTag') }),
  ]);
  provider.allow('act', ACTING, () => [
    new iam.PolicyStatement({ actions: ['s3:UpdateJobPriority', 's3:UpdateJobStatus', 's3:PutJobTagging'], resources: jobs, conditions: ofStack('ResourceTag') }),
  ]);
  for (const bucket of stateBuckets) provider.allow(`state ${bucket.node.path}`, 'all', () => stateBucketStatements(bucket));
  // a long manifest is written in parts
  const [stateBucket] = stateBuckets;
  provider.allow(`parts ${stateBucket.node.path}`, ACTING, () => [
    new iam.PolicyStatement({ actions: ['s3:AbortMultipartUpload'], resources: [stateBucket.arnForObjects(`${STACK_GUID}/*`)] }),
  ]);
  provider.allow(`role ${role.roleArn}`, ACTING, () => [new iam.PolicyStatement({
    actions: ['iam:PassRole'], resources: [role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': BATCH_OPERATIONS } },
  })]);
  for (const each of read) allowToRead(provider, each);
}

/** To see a manifest's ETag, and what a report says is left. */
function allowToRead(provider: JobProvider, { bucket, keys, key }: ObjectPattern): void {
  provider.allow(`read ${bucketKey(bucket)} ${keys}`, ACTING, () => [
    // without it S3 answers 403 instead of 404 for an object that is not there
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt'], key),
  ]);
}

/** An imported bucket, as that of CDK's assets is for each asset, is another construct every time: many jobs would fill the role with one right. */
function bucketKey(bucket: s3.IBucket): string {
  return Resource.isOwnedResource(bucket) ? bucket.node.path : JSON.stringify(Stack.of(bucket).resolve([bucket.bucketArn, bucket.encryptionKey?.keyArn]));
}
