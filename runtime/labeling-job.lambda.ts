/**
 * The custom resource of a Ground Truth labeling job, in CDK's provider framework: `onEvent` writes down what is wanted,
 * `isComplete` makes it so, one small step for each poll; `reconcile` does the same between deployments. All may run twice, crash
 * half-way or get throttled; the ledger in the state bucket and the names of the jobs make every step repeatable.
 *
 * What it may do, and why (`<prefix>` is the stack-wide prefix of job names, which never shrinks):
 *
 * | function     | actions                                                     | resource                                       |
 * |--------------|-------------------------------------------------------------|------------------------------------------------|
 * | both         | sagemaker:ListLabelingJobs                                  | *                                              |
 * | both         | sagemaker:DescribeLabelingJob                               | labeling-job/<prefix>-*                        |
 * | both         | s3:GetObject, s3:PutObject, s3:DeleteObject                 | <state bucket>/*                               |
 * | both         | s3:ListBucket (a missing ledger answers 404, else 403)      | <state bucket>                                 |
 * | isComplete   | sagemaker:CreateLabelingJob, StopLabelingJob, AddTags, DeleteTags | labeling-job/<prefix>-*                  |
 * | isComplete   | iam:PassRole, iam:PassedToService = sagemaker.amazonaws.com | the execution role                             |
 * | isComplete   | s3:GetObject, s3:ListBucket                                 | <output path>/* and its bucket: what is left   |
 * | isComplete   | s3:PutObject, s3:AbortMultipartUpload                       | <output path>/resume/*: custom task types only |
 *
 * For streaming jobs besides (an ended one leaves its queue behind, `GroundTruth-<job name>`):
 *
 * | function     | actions                                                     | resource                                       |
 * |--------------|-------------------------------------------------------------|------------------------------------------------|
 * | isComplete   | sqs:GetQueueUrl, GetQueueAttributes, ReceiveMessage, DeleteMessage, DeleteQueue | GroundTruth-<prefix>-*     |
 * | isComplete   | s3:GetObject, s3:ListBucket                                 | the stream's store: what is open, since when   |
 * | isComplete   | s3:PutObject                                                | <output path>/resume/*: on a topic of the user's |
 *
 * `reconcile` needs all of that, and ssm:PutParameter on its drift parameter. An adopted job is not under the prefix: sagemaker:DescribeLabelingJob,
 * StopLabelingJob, AddTags and DeleteTags on its name, and reading its output and label categories. The same rights to whatever is tagged with
 * this stack's id outlive an adopted job's declaration, so that its clean-up may give it back.
 *
 * Buckets with customer-managed keys: kms:Decrypt and kms:GenerateDataKey on them. `isComplete` needs a time-out of a few minutes
 * (a lease lasts until 60 s after it), for custom task types with large manifests up to 14.
 */
import { SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LabelingJobEvent, Waiting } from './labeling-job/events';
import { handleEvent, handleIsComplete } from './labeling-job/handler';
import { Reconciled, reconcileJob } from './labeling-job/reconcile-job';
import { SageMakerJobs } from './labeling-job/sagemaker-jobs';
import { StreamPorts } from './labeling-job/streaming/ports';
import { SqsJobQueues } from './labeling-job/streaming/sqs-job-queues';
import { s3, sageMaker } from './shared/clients';
import { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { S3LedgerStore } from './shared/s3-ledger-store';
import { S3Objects } from './shared/s3-objects';
import type { LabelingJobReconcileEvent } from '../src/groundtruth/private/labeling-job-contract';

const jobs = new SageMakerJobs(sageMaker);
const objects = new S3Objects(s3);
const queues = new SqsJobQueues(new SQSClient({}));
const ssm = new SSMClient({});
const parameters = { put: async (Name: string, Value: string) => void await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })) };

export function onEvent(event: LabelingJobEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleEvent(event, ports(context));
}

export function isComplete(event: Waiting<LabelingJobEvent>, context: LambdaContext): Promise<IsCompleteResponse> {
  return handleIsComplete(event, ports(context));
}

/** Between deployments: from a rule for ended jobs, a schedule, or a person. */
export function reconcile(event: LabelingJobReconcileEvent, context: LambdaContext): Promise<Reconciled> {
  return reconcileJob(event, { ...ports(context), parameters });
}

function ports(context: LambdaContext): StreamPorts {
  return {
    jobs,
    queues,
    objects,
    ledgerAt: (bucket, key) => new S3LedgerStore(s3, bucket, key),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    holder: context.awsRequestId,
  };
}
