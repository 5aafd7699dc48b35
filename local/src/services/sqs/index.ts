import { MessageOperations } from './operations-messages';
import { QueueOperations } from './operations-queues';
import { QueueStore } from './queue-store';
import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';

export interface SqsService extends Service {
  /** The URL of a queue, `undefined` if there is none. */
  queueUrl(queueArn: string): string | undefined;
  /** Resolves when the queue may have something to receive, or is gone. */
  available(queueArn: string): Promise<void>;
}

/** SQS: standard and FIFO queues in memory; time-outs and delays are events of the engine's clock. */
export function createSqs(core: EngineCore): SqsService {
  const store = new QueueStore(core);
  return {
    name: 'sqs',
    operations: operationsOf(new QueueOperations(core, store), new MessageOperations(core, store)),
    queueUrl: (arn) => {
      const queue = store.byArn(arn);
      return queue && store.url(queue);
    },
    available: async (arn) => store.byArn(arn)?.available(),
    simplified: {
      SetQueueAttributes: 'policies and encryption are recorded without effect; changes count at once',
      ReceiveMessage: 'standard queues keep their order and deliver once a receive; ReceiveRequestAttemptId has no effect',
    },
  };
}
