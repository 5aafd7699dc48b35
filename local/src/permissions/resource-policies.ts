import type { NeedsContext } from './needs/table';
import { type Need, type Statement, statementsOf } from './policy';

type Find = (context: NeedsContext, resource: string) => Promise<string | undefined>;

const attribute = (answer: { Attributes?: Record<string, string> } | undefined): string | undefined => answer?.Attributes?.Policy || undefined;
const lastPart = (arn: string): string => arn.split(':').at(-1)!;

/** The policies that hang on resources, by the service in the ARN; services that invoke functions ask for theirs themselves. */
const FINDERS: Readonly<Record<string, Find>> = {
  s3: async (context, resource) =>
    (await context.ask<{ Policy: string }>('s3', 'GetBucketPolicy', { Bucket: lastPart(resource).split('/')[0] }))?.Policy,
  sqs: async (context, resource) => {
    const url = await context.ask<{ QueueUrl: string }>('sqs', 'GetQueueUrl', { QueueName: lastPart(resource) });
    return url && attribute(await context.ask('sqs', 'GetQueueAttributes', { QueueUrl: url.QueueUrl, AttributeNames: ['Policy'] }));
  },
  sns: async (context, resource) => attribute(await context.ask('sns', 'GetTopicAttributes', { TopicArn: resource })),
  lambda: async (context, resource) => (await context.ask<{ Policy: string }>('lambda', 'GetPolicy', { FunctionName: resource }))?.Policy,
  kms: async (context, resource) => (await context.ask<{ Policy: string }>('kms', 'GetKeyPolicy', { KeyId: resource, PolicyName: 'default' }))?.Policy,
};

export async function resourcePolicy(context: NeedsContext, { resource = '*' }: Need): Promise<readonly Statement[] | undefined> {
  const policy = await FINDERS[resource.split(':')[2]]?.(context, resource);
  return policy === undefined ? undefined : statementsOf(policy);
}
