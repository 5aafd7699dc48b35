import { arn, type Input, type NeedsContext, type NeedsTable, passRole, requestTags, resourceTags } from './table';
import type { Need } from '../policy';

const labelingJob = (context: NeedsContext, name: string): string => arn(context, 'sagemaker', `labeling-job/${name.toLowerCase()}`);

async function tagged(context: NeedsContext, resourceArn: string): Promise<Record<string, string[]>> {
  const answer = await context.ask<{ Tags?: Array<{ Key: string; Value: string }> }>('sagemaker', 'ListTags', { ResourceArn: resourceArn });
  return resourceTags(answer?.Tags);
}

const onLabelingJob = (action: string) => async ({ LabelingJobName }: Input, context: NeedsContext): Promise<Need[]> => {
  const resource = labelingJob(context, LabelingJobName);
  return [{ action: `sagemaker:${action}`, resource, keys: await tagged(context, resource) }];
};

const onTags = (action: string) => async ({ ResourceArn, Tags, TagKeys }: Input, context: NeedsContext): Promise<Need[]> => [{
  action: `sagemaker:${action}`,
  resource: ResourceArn,
  keys: { ...await tagged(context, ResourceArn), ...requestTags(Tags), ...(TagKeys !== undefined && { 'aws:tagkeys': TagKeys }) },
}];

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemakerai.html */
export const SAGEMAKER_NEEDS: NeedsTable = {
  CreateLabelingJob: ({ LabelingJobName, RoleArn, Tags }, context) => {
    const resource = labelingJob(context, LabelingJobName);
    return [
      { action: 'sagemaker:CreateLabelingJob', resource, keys: requestTags(Tags) },
      ...(Tags?.length ? [{ action: 'sagemaker:AddTags', resource, keys: requestTags(Tags) }] : []),
      passRole(RoleArn, 'sagemaker.amazonaws.com'),
    ];
  },
  DescribeLabelingJob: onLabelingJob('DescribeLabelingJob'),
  StopLabelingJob: onLabelingJob('StopLabelingJob'),
  ListLabelingJobs: () => [{ action: 'sagemaker:ListLabelingJobs', resource: '*' }],
  AddTags: onTags('AddTags'),
  DeleteTags: onTags('DeleteTags'),
  ListTags: onTags('ListTags'),
};

const batchJob = (context: NeedsContext, id: string): string => arn(context, 's3', `job/${id}`);

const onBatchJob = (action: string) => async ({ JobId, Tags, AccountId }: Input, context: NeedsContext): Promise<Need[]> => {
  const answer = await context.ask<{ Tags?: Array<{ Key: string; Value: string }> }>('s3control', 'GetJobTagging', { AccountId, JobId });
  return [{ action: `s3:${action}`, resource: batchJob(context, JobId), keys: { ...resourceTags(answer?.Tags), ...requestTags(Tags) } }];
};

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const S3CONTROL_NEEDS: NeedsTable = {
  CreateJob: ({ Operation, Priority, RoleArn, Tags }, context) => [
    {
      action: 's3:CreateJob',
      resource: '*',
      keys: { ...requestTags(Tags), 's3:requestjobpriority': [String(Priority)], 's3:requestjoboperation': [Object.keys(Operation)[0]] },
    },
    ...(Tags?.length ? [{ action: 's3:PutJobTagging', resource: batchJob(context, '*'), keys: requestTags(Tags) }] : []),
    passRole(RoleArn, 'batchoperations.s3.amazonaws.com'),
  ],
  DescribeJob: onBatchJob('DescribeJob'),
  ListJobs: () => [{ action: 's3:ListJobs', resource: '*' }],
  UpdateJobPriority: onBatchJob('UpdateJobPriority'),
  UpdateJobStatus: onBatchJob('UpdateJobStatus'),
  PutJobTagging: onBatchJob('PutJobTagging'),
  GetJobTagging: onBatchJob('GetJobTagging'),
  DeleteJobTagging: onBatchJob('DeleteJobTagging'),
};
