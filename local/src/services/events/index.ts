import { EventRouter, type NewEvent } from './event-router';
import { BusOperations } from './operations-buses';
import { RuleOperations } from './operations-rules';
import { RuleStore } from './rule-store';
import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';

export interface EventsService extends Service {
  /** An AWS service's own event, on the default bus. */
  emit(event: NewEvent): void;
}

/** EventBridge: rules on events and schedules, and their targets. */
export function createEvents(core: EngineCore): EventsService {
  const store = new RuleStore(core);
  const router = new EventRouter(core, store);
  const rules = new RuleOperations(store, router);
  return {
    name: 'events',
    operations: operationsOf(rules, new BusOperations(store, router)),
    emit: (event) => void router.put(store.bus(), event),
    stop: () => rules.stop(),
    simplified: {
      PutTargets: 'Lambda, SQS, SNS, Step Functions, log groups and event buses; other targets answer NotImplemented; one try, then the dead-letter queue',
      PutPermission: 'recorded without effect',
    },
  };
}
