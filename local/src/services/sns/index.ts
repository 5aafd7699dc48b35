import { Delivery } from './delivery';
import { PublishOperations } from './operations-publish';
import { SubscriptionOperations } from './operations-subscriptions';
import { TopicOperations } from './operations-topics';
import { TopicStore } from './topic-store';
import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';

/** SNS: topics deliver to queues, functions and this machine's own HTTP endpoints. */
export function createSns(core: EngineCore): Service {
  const store = new TopicStore(core);
  return {
    name: 'sns',
    operations: operationsOf(
      new TopicOperations(core, store),
      new SubscriptionOperations(core, store),
      new PublishOperations(core, store, new Delivery(core, store)),
    ),
    simplified: {
      Subscribe: 'SQS, Lambda, HTTP on this machine; e-mail, text message and https subscriptions are kept and get nothing',
      Publish: 'signatures are placeholders; HTTP deliveries are tried three times; topics in the same account only; no text messages',
      SetTopicAttributes: 'policies, encryption and delivery feedback are recorded without effect',
    },
  };
}
