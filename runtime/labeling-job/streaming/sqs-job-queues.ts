import {
  DeleteMessageBatchCommand, DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, QueueAttributeName, ReceiveMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';
import { JobQueues, QueuedMessage } from './ports';
import { errorName } from '../../shared/errors';

/** Longer than it takes to save what was received; whoever comes after a crash waits no longer than that. */
const VISIBILITY_SECONDS = 120;
const MOST_AT_ONCE = 10;
/** Waiting at all makes SQS ask all of its servers. */
const WAIT_SECONDS = 1;
const COUNTS: readonly QueueAttributeName[] = [
  'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed',
];

export class SqsJobQueues implements JobQueues {
  private readonly urls = new Map<string, string>();

  constructor(private readonly sqs: SQSClient) {}

  async receive(jobName: string): Promise<QueuedMessage[]> {
    return this.about(jobName, [], async (QueueUrl) => {
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({
        QueueUrl, MaxNumberOfMessages: MOST_AT_ONCE, VisibilityTimeout: VISIBILITY_SECONDS, WaitTimeSeconds: WAIT_SECONDS,
      }));
      return Messages.map(({ MessageId, Body, ReceiptHandle }) => ({ id: MessageId!, body: Body!, receipt: ReceiptHandle! }));
    });
  }

  async delete(jobName: string, messages: readonly QueuedMessage[]): Promise<void> {
    await this.about(jobName, undefined, async (QueueUrl) => {
      for (let from = 0; from < messages.length; from += MOST_AT_ONCE) {
        const Entries = messages.slice(from, from + MOST_AT_ONCE).map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt }));
        // what is not deleted comes again, and is saved again under the same id
        await this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    });
  }

  async depth(jobName: string): Promise<number> {
    return this.about(jobName, 0, async (QueueUrl) => {
      const { Attributes = {} } = await this.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] }));
      return COUNTS.reduce((sum, count) => sum + Number(Attributes[count] ?? 0), 0);
    });
  }

  async remove(jobName: string): Promise<void> {
    await this.about(jobName, undefined, async (QueueUrl) => void await this.sqs.send(new DeleteQueueCommand({ QueueUrl })));
    this.urls.delete(jobName);
  }

  /** A queue that was deleted may be seen for a minute: it may be gone at any call. */
  private async about<T>(jobName: string, without: T, work: (url: string) => Promise<T>): Promise<T> {
    try {
      let url = this.urls.get(jobName);
      if (url === undefined) {
        url = (await this.sqs.send(new GetQueueUrlCommand({ QueueName: jobQueueName(jobName) }))).QueueUrl!;
        this.urls.set(jobName, url);
      }
      return await work(url);
    } catch (error) {
      if (!isNoQueue(error)) throw error;
      this.urls.delete(jobName);
      return without;
    }
  }
}

/** As the service forms it. */
export function jobQueueName(jobName: string): string {
  return `GroundTruth-${jobName.toLowerCase()}`;
}

/** The service's two protocols name the error differently. */
function isNoQueue(error: unknown): boolean {
  return ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'].includes(errorName(error));
}
