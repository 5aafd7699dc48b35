import { roleCaller, serviceCaller } from '../../core/acting-as';
import type { EngineCore } from '../../core/engine';
import { randomUuid } from '../../core/random';
import type { LambdaService } from '../lambda';
import type { LogsService } from '../logs';
import type { SqsService } from '../sqs';
import { type EventBus, type Rule, type RuleStore, type Target } from './rule-store';
import { inputFor } from './target-input';

/** What an event says; the bus adds id, account and region. */
export interface NewEvent {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'detail': object;
  readonly 'resources'?: readonly string[];
  readonly 'time'?: Date;
}

type Deliver = (core: EngineCore, target: Target, input: string, rule: Rule) => Promise<unknown>;

const SERVICE = 'events.amazonaws.com';

const TARGETS: Record<string, Deliver> = {
  lambda: async (core, { Arn }, input, { arn }) => {
    if (!core.service<LambdaService>('lambda').letsInvoke(Arn, SERVICE, arn)) throw new Error(`${Arn} does not let events.amazonaws.com invoke it for ${arn}`);
    await core.call('lambda', 'Invoke', { FunctionName: Arn, InvocationType: 'Event', Payload: Buffer.from(input) });
  },
  sqs: (core, { Arn, SqsParameters }, input, { arn }) => core.call('sqs', 'SendMessage', {
    QueueUrl: core.service<SqsService>('sqs').queueUrl(Arn) ?? Arn,
    MessageBody: input,
    ...(SqsParameters && { MessageGroupId: SqsParameters.MessageGroupId }),
  }, serviceCaller(SERVICE, arn)),
  sns: (core, { Arn }, input, { arn }) => core.call('sns', 'Publish', { TopicArn: Arn, Message: input }, serviceCaller(SERVICE, arn)),
  states: (core, { Arn, RoleArn }, input, { name }) =>
    core.call('stepfunctions', 'StartExecution', { stateMachineArn: Arn, input }, roleCaller(core, RoleArn ?? '', name)),
  logs: async (core, { Arn }, input, { name }) => core.service<LogsService>('logs').write(Arn.split(':')[6], name, input),
};

/** Whether the engine can take events to such a target. */
export function isServedTarget(arn: string): boolean {
  const [, , service, , , resource] = arn.split(':');
  return Object.hasOwn(TARGETS, service) || (service === 'events' && resource.startsWith('event-bus/'));
}

/** Takes events from a bus to the targets of the rules that match. */
export class EventRouter {
  private readonly random: () => number;

  constructor(private readonly core: EngineCore, private readonly store: RuleStore) {
    this.random = core.random('events');
  }

  /** Returns the event's id; the deliveries go on by themselves, holding the clock. */
  put(bus: EventBus, event: NewEvent): string {
    const id = randomUuid(this.random);
    const full = this.complete(event, id);
    for (const rule of bus.rules.values()) if (rule.state !== 'DISABLED' && rule.matches?.(full)) this.send(rule, full);
    return id;
  }

  /** A schedule's event goes to its own rule only. */
  tick(rule: Rule): void {
    this.send(rule, this.complete({ 'source': 'aws.events', 'detail-type': 'Scheduled Event', 'resources': [rule.arn], 'detail': {} }, randomUuid(this.random)));
  }

  private complete(event: NewEvent, id: string): object {
    const { region, accountId } = this.core.settings;
    const time = (event.time ?? new Date(this.core.clock.now())).toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      'version': '0',
      id,
      'detail-type': event['detail-type'],
      'source': event.source,
      'account': accountId,
      time,
      region,
      'resources': event.resources ?? [],
      'detail': event.detail,
    };
  }

  private send(rule: Rule, event: object): void {
    const release = this.core.clock.hold();
    void Promise.all([...rule.targets.values()].map((target) => this.deliver(rule, target, event))).finally(release);
  }

  private async deliver(rule: Rule, target: Target, event: object): Promise<void> {
    const service = target.Arn.split(':')[2];
    const input = inputFor(target, event, { ruleArn: rule.arn, ruleName: rule.name });
    try {
      if (service === 'events') this.put(this.store.bus(target.Arn), event as NewEvent);
      else await TARGETS[service](this.core, target, input, rule);
    } catch (error) {
      await this.giveUp(rule, target, input, error as Error);
    }
  }

  /** What cannot be delivered goes to the target's dead-letter queue, if it has one. */
  private async giveUp(rule: Rule, target: Target, input: string, error: Error): Promise<void> {
    const queueUrl = target.DeadLetterConfig?.Arn && this.core.service<SqsService>('sqs').queueUrl(target.DeadLetterConfig.Arn);
    if (!queueUrl) return;
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    await this.core.call('sqs', 'SendMessage', {
      QueueUrl: queueUrl,
      MessageBody: input,
      MessageAttributes: {
        RULE_ARN: attribute(rule.arn), TARGET_ARN: attribute(target.Arn),
        ERROR_CODE: attribute(error.name), ERROR_MESSAGE: attribute(error.message || error.name),
      },
    }, serviceCaller(SERVICE, rule.arn));
  }
}
