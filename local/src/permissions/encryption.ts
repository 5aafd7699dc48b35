import type { Input, NeedsContext } from './needs/table';
import type { Need } from './policy';

const READS = new Set(['GetObject', 'HeadObject', 'GetObjectAttributes']);
const WRITES = new Set(['PutObject', 'CopyObject', 'CreateMultipartUpload', 'CompleteMultipartUpload']);

interface Encrypted { readonly SSEKMSKeyId?: string }

/** What S3's answer shows to be needed of a key: which one, is often known only then. */
export async function keyNeedsOfAnswer(service: string, operation: string, answer: Encrypted, context: NeedsContext): Promise<readonly Need[]> {
  if (service !== 's3' || answer.SSEKMSKeyId === undefined) return [];
  const action = READS.has(operation) ? 'kms:Decrypt' : WRITES.has(operation) ? 'kms:GenerateDataKey' : undefined;
  return action === undefined ? [] : onKey(context, answer.SSEKMSKeyId, [action], 's3');
}

/** What messages need of the key of their topic or queue. */
export async function keyNeedsOfMessages(service: string, operation: string, input: Input, context: NeedsContext): Promise<readonly Need[]> {
  const sends = /^(Publish|SendMessage)/.test(operation);
  if (service === 'sns' && sends) {
    const topic = await context.ask<{ Attributes: Record<string, string> }>('sns', 'GetTopicAttributes', { TopicArn: input.TopicArn });
    return onKey(context, topic?.Attributes.KmsMasterKeyId, ['kms:GenerateDataKey', 'kms:Decrypt'], 'sns');
  }
  if (service === 'sqs' && (sends || operation === 'ReceiveMessage')) {
    const queue = await context.ask<{ Attributes?: Record<string, string> }>('sqs', 'GetQueueAttributes', { QueueUrl: input.QueueUrl, AttributeNames: ['All'] });
    return onKey(context, queue?.Attributes?.KmsMasterKeyId, sends ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:Decrypt'], 'sqs');
  }
  return [];
}

/** Keys of AWS's own (`alias/aws/…`) let everybody in who may use the service. */
async function onKey(context: NeedsContext, key: string | undefined, actions: readonly string[], service: string): Promise<readonly Need[]> {
  if (!key || /(^|:)alias\/aws\//.test(key)) return [];
  const answer = await context.ask<{ KeyMetadata: { Arn: string; KeyManager?: string } }>('kms', 'DescribeKey', { KeyId: key });
  if (answer?.KeyMetadata.KeyManager === 'AWS') return [];
  const { region, partition } = context.settings;
  const keys = { 'kms:viaservice': [`${service}.${region}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`], 'kms:calleraccount': [context.settings.accountId] };
  return actions.map((action) => ({ action, resource: answer?.KeyMetadata.Arn ?? key, keys }));
}
