/**
 * The custom resource of an S3 Batch Operations job, in CDK's provider framework: `onEvent` writes down what is wanted, `isComplete` makes
 * it so, one small step for each poll; `reconcile` does the same between deployments. All may run twice, crash half-way or get throttled;
 * the ledger in the state bucket, which holds each request before it is sent, makes every step repeatable. A fleet of jobs is a resource
 * that adds up what its jobs' attributes say; it touches nothing.
 *
 * What it may do, and why (`<owned>` = with this stack's tag, `aws:ResourceTag` or `aws:RequestTag`):
 *
 * | function     | actions                                                     | resource                                        |
 * |--------------|-------------------------------------------------------------|-------------------------------------------------|
 * | all          | s3:ListJobs                                                 | * (S3 knows no narrower one)                    |
 * | all          | s3:DescribeJob, s3:GetJobTagging                            | job/* (a listed job's tags say whether it is ours) |
 * | all          | s3:GetObject, s3:PutObject, s3:DeleteObject                 | <state bucket>/<stack GUID>/*                   |
 * | all          | s3:ListBucket (what is missing answers 404, else 403)       | <state bucket>                                  |
 * | isComplete   | s3:CreateJob                                                | * (S3 knows no narrower one), <owned>           |
 * | isComplete   | s3:PutJobTagging (CreateJob with tags needs it)             | job/*                                           |
 * | isComplete   | s3:UpdateJobStatus, s3:UpdateJobPriority                    | job/*, <owned>                                  |
 * | isComplete   | iam:PassRole, iam:PassedToService = batchoperations.s3.amazonaws.com | the job's role                         |
 * | isComplete   | s3:GetObject, s3:GetObjectVersion, s3:ListBucket            | the manifest and its bucket: its ETag, its rows |
 * | isComplete   | s3:PutObject, s3:AbortMultipartUpload, s3:GetObject         | <manifest bucket>/<manifest prefix>*            |
 * | isComplete   | s3:GetObject, s3:ListBucket                                 | <report prefix>/job-*, its bucket: what is left |
 *
 * `reconcile` needs what `isComplete` needs, and ssm:PutParameter on its drift parameter. Buckets with customer-managed keys: kms:Decrypt,
 * kms:GenerateDataKey on them.
 */
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { BatchJobEvent } from './batch-job/events';
import { FleetEvent, fleetIsComplete, isFleetEvent, onFleetEvent } from './batch-job/fleet-totals';
import { handleEvent, handleIsComplete } from './batch-job/handler';
import { Ports } from './batch-job/ports';
import { Reconciled, reconcileJob } from './batch-job/reconcile-job';
import { S3BatchJobs } from './batch-job/s3-batch-jobs';
import { S3Files } from './batch-job/s3-files';
import { MAX_ATTEMPTS, s3 } from './shared/clients';
import { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { Waiting } from './shared/job-resource';
import { S3LedgerStore } from './shared/s3-ledger-store';
import type { BatchJobReconcileEvent } from '../src/s3batch/private/batch-job-contract';

const s3Control = new S3ControlClient({ maxAttempts: MAX_ATTEMPTS });
const files = new S3Files(s3);
const ssm = new SSMClient({});
const parameters = { put: async (Name: string, Value: string) => void await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })) };

export async function onEvent(event: BatchJobEvent | FleetEvent, context: LambdaContext): Promise<OnEventResponse> {
  if (isFleetEvent(event)) return onFleetEvent(event);
  return handleEvent(event, ports(context));
}

export async function isComplete(event: Waiting<BatchJobEvent> | Waiting<FleetEvent>, context: LambdaContext): Promise<IsCompleteResponse> {
  if (isFleetEvent(event)) return fleetIsComplete(event);
  return handleIsComplete(event, ports(context));
}

/** Between deployments: from a rule for ended jobs, a schedule, or a person. */
export function reconcile(event: BatchJobReconcileEvent, context: LambdaContext): Promise<Reconciled> {
  return reconcileJob(event, { ...ports(context), parameters });
}

function ports(context: LambdaContext): Ports {
  // a function and the jobs that it makes are in one account
  const account = context.invokedFunctionArn.split(':')[4];
  return {
    jobs: new S3BatchJobs(s3Control, account, Date.now),
    files,
    ledgerAt: (bucket, key) => new S3LedgerStore(s3, bucket, key),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    holder: context.awsRequestId,
  };
}
