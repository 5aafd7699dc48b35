import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { jobQueueArn, labelingJobArn, spellings } from './labeling-job-arn';
import type { LabelingJobReconcileEvent } from './labeling-job-contract';
import { Entitled, IS_COMPLETE, JobProvider } from '../../private/job-provider';
import { OWNER_TAGS } from '../../private/owner-tags-contract';
import { keyStatements, readStatements, S3Location } from '../../private/s3-location';
import { stateBucketStatements } from '../../private/state-bucket';

/** A bucket of labels, and the key that encrypts them where the bucket does not do it by itself. */
export interface OutputBucket {
  readonly bucket: s3.IBucket;
  readonly key?: kms.IKey;
}

/** What jobs need their handlers to be allowed. */
export interface LabelingJobAccess {
  /** What the names of all jobs begin with that this stack ever makes. */
  readonly stackWide: string;
  /** Names of jobs that others have made. */
  readonly adopted: readonly string[];
  /** The present one first, then those before. */
  readonly stateBuckets: readonly s3.IBucket[];
  readonly roles: ReadonlyArray<Pick<iam.IRole, 'roleArn'>>;
  /** Where these and earlier jobs write, the present one first. */
  readonly outputs: readonly OutputBucket[];
  /** Where a manifest of what is left is written, for jobs that would label every object again. */
  readonly resumeKeys?: string;
  /** Where adopted jobs and their declarations may have their label categories: they are the same where their files say the same. */
  readonly labelFiles?: readonly LabelFiles[];
}

export interface LabelFiles {
  readonly bucket: s3.IBucket;
  /** A pattern. */
  readonly keys: string;
}

/** Which handlers look at jobs, and which act on them. */
export interface JobHandlers {
  readonly looking: Entitled;
  readonly acting: Entitled;
}

const RECONCILE = 'Reconcile';
const HANDLERS: JobHandlers = { looking: 'all', acting: [IS_COMPLETE, RECONCILE] };

/** A call of a handler that crashed leaves its lease behind, so a call must not be longer than it needs. */
const HANDLER_TIMEOUT = Duration.minutes(5);

/** The provider of a stack's labeling jobs. */
export function labelingJobProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'LabelingJobProvider',
    bundle: 'labeling-job',
    description: 'Ground Truth labeling jobs of this stack',
    handlerTimeout: HANDLER_TIMEOUT,
    waits: true,
  });
}

/** Lets a rule look at one job without a deployment. */
export function jobWaker(provider: JobProvider, event: LabelingJobReconcileEvent): events.IRuleTarget {
  return new targets.LambdaFunction(jobReconciler(provider), { event: events.RuleTargetInput.fromObject(event) });
}

export function jobReconciler(provider: JobProvider): lambda.IFunction {
  return provider.worker(RECONCILE, { handler: 'reconcile', does: 'looks at a job without a deployment', timeout: HANDLER_TIMEOUT });
}

/** To see whether a manifest that is made later is there. */
export function allowToAwait(provider: JobProvider, { bucket, keys }: S3Location): void {
  allowToRead(provider, { bucket }, [keys], HANDLERS.acting);
}

/**
 * The queues that streaming jobs leave behind when they end. By the prefix of all of the stack's jobs, streaming or not: the right stays when a
 * stream goes, so that its clean-up still may.
 */
export function allowJobQueues(scope: Construct, provider: JobProvider, stackWide: string, adopted: readonly string[]): void {
  const resources = [`${stackWide}-*`, ...adopted].map((name) => jobQueueArn(scope, name));
  provider.allow(`queues ${resources.join()}`, HANDLERS.acting, () => [new iam.PolicyStatement({
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:DeleteQueue'], resources,
  })]);
}

/** What a stream's forwarder knows: what has come, what is open, when something was forwarded last. */
export function allowStreamStore(provider: JobProvider, bucket: s3.IBucket, prefix: string): void {
  provider.allow(`stream ${bucket.node.path} ${prefix}`, HANDLERS.acting, () => [
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}*`)] }),
    ...keyStatements(bucket, ['kms:Decrypt']),
  ]);
}

/** The parameter that is changed where drift is found. */
export function allowDrift(scope: Construct, provider: JobProvider, parameterName: string): void {
  const resources = [Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.replace(/^\//, '') })];
  provider.allow(`drift ${parameterName}`, [RECONCILE], () => [new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources })]);
}

/**
 * Rights to this stack's jobs by name prefix, which stays when a job goes, so that its clean-up still may; to adopted ones by their names.
 * The table that says why stands in the handler.
 */
export function allowLabelingJob(scope: Construct, provider: JobProvider, access: LabelingJobAccess, handlers = HANDLERS): void {
  const { stackWide, stateBuckets, outputs: [{ bucket: output }], resumeKeys } = access;
  const { looking, acting } = handlers;
  // listing knows no resource
  provider.allow('list', looking, () => [new iam.PolicyStatement({ actions: ['sagemaker:ListLabelingJobs'], resources: ['*'] })]);
  const jobs = [labelingJobArn(scope, `${stackWide}-*`)];
  provider.allow('describe', looking, () => [new iam.PolicyStatement({ actions: ['sagemaker:DescribeLabelingJob'], resources: jobs })]);
  provider.allow('act', acting, () => [new iam.PolicyStatement({
    actions: ['sagemaker:CreateLabelingJob', 'sagemaker:StopLabelingJob', 'sagemaker:AddTags', 'sagemaker:DeleteTags'], resources: jobs,
  })]);
  allowTagged(scope, provider, handlers);
  for (const name of access.adopted) allowAdopted(scope, provider, name, handlers);
  for (const bucket of stateBuckets) provider.allow(`state ${bucket.node.path}`, 'all', () => stateBucketStatements(bucket));
  for (const { roleArn } of access.roles) allowToPass(provider, roleArn, acting);
  for (const each of access.outputs) allowToRead(provider, each, [`*${stackWide}-*`, ...access.adopted.map((name) => `*${name}/*`)], acting);
  allowLabelFiles(provider, access.labelFiles ?? [], acting);
  if (resumeKeys === undefined) return;
  provider.allow(`resume ${output.node.path} ${resumeKeys}`, acting, () => [
    new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [output.arnForObjects(resumeKeys)] }),
    ...keyStatements(output, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
}

/**
 * Whatever this stack has tagged as its own: the right to an adopted job by its name goes with its declaration, in the update whose clean-up
 * gives the job back.
 */
function allowTagged(scope: Construct, provider: JobProvider, { acting }: JobHandlers): void {
  const own = { StringEquals: { [`aws:ResourceTag/${OWNER_TAGS.stackId}`]: Aws.STACK_ID } };
  const resources = [labelingJobArn(scope, '*')];
  provider.allow('tagged', acting, () => [new iam.PolicyStatement({
    actions: ['sagemaker:DescribeLabelingJob', 'sagemaker:StopLabelingJob', 'sagemaker:AddTags', 'sagemaker:DeleteTags'], resources, conditions: own,
  })]);
}

/** Whether an adopted job's labels are the declared ones is seen in the files. */
export function allowLabelFiles(provider: JobProvider, files: readonly LabelFiles[], acting: Entitled): void {
  for (const { bucket, keys } of files) provider.allow(`labels ${bucket.node.path} ${keys}`, acting, () => readStatements(bucket, keys));
}

/** An adopted job is never created. */
export function allowAdopted(scope: Construct, provider: JobProvider, name: string, { looking, acting } = HANDLERS): void {
  const resources = spellings(name).map((each) => labelingJobArn(scope, each));
  provider.allow(`describe ${name}`, looking, () => [new iam.PolicyStatement({ actions: ['sagemaker:DescribeLabelingJob'], resources })]);
  provider.allow(`act ${name}`, acting, () => [new iam.PolicyStatement({
    actions: ['sagemaker:StopLabelingJob', 'sagemaker:AddTags', 'sagemaker:DeleteTags'], resources,
  })]);
}

export function allowToPass(provider: JobProvider, roleArn: string, acting: Entitled): void {
  provider.allow(`role ${roleArn}`, acting, () => [new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  })]);
}

export function allowToRead(provider: JobProvider, { bucket, key }: OutputBucket, keys: readonly string[], acting: Entitled): void {
  provider.allow(`list ${bucket.node.path} ${key?.node.path}`, acting, () => [
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    ...keyStatements(bucket, ['kms:Decrypt'], key),
  ]);
  for (const pattern of keys) {
    provider.allow(`read ${bucket.node.path} ${pattern}`, acting, () => [
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(pattern)] }),
    ]);
  }
}
