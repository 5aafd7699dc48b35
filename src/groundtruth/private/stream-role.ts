import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { jobQueueArn } from './labeling-job-arn';

/** What a streaming job reads from and writes to. */
export interface StreamTopics {
  readonly input: sns.ITopic;
  readonly output?: sns.ITopic;
}

/**
 * What Ground Truth does with a streaming job's role beyond that of other jobs: it makes a queue that is named like the job and subscribes it.
 *
 * The guide's example says `arn:aws:sns:` in the condition on the endpoint, which would refuse every subscription: the endpoint is a queue.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-permission-execution-role.html
 */
export function streamStatements(scope: Construct, jobNames: readonly string[], { input, output }: StreamTopics): iam.PolicyStatement[] {
  const queues = jobNames.map((name) => jobQueueArn(scope, name));
  const topics = [...new Set([input, output])].filter((topic) => topic !== undefined);
  const resources = [...new Set(topics.map(({ topicArn }) => topicArn))];
  const keys = [...new Set(topics.flatMap(({ masterKey }) => masterKey?.keyArn ?? []))];
  return [
    new iam.PolicyStatement({
      actions: [
        'sqs:CreateQueue', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:SetQueueAttributes',
      ],
      resources: queues,
    }),
    new iam.PolicyStatement({
      actions: ['sns:Subscribe'],
      resources,
      conditions: { StringEquals: { 'sns:Protocol': 'sqs' }, StringLike: { 'sns:Endpoint': queues } },
    }),
    new iam.PolicyStatement({ actions: ['sns:Publish', 'sns:Unsubscribe'], resources }),
    ...keys.length > 0 ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: keys })] : [],
  ];
}
