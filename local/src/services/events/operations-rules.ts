import { ServiceError } from '../../core/service';
import { compilePattern, InvalidPattern, type Matcher } from '../event-pattern';
import { invalidPattern, validation } from './errors';
import { type EventRouter, isServedTarget } from './event-router';
import { DEFAULT_BUS, page, type Rule, type RuleStore, type Target } from './rule-store';
import { parseSchedule } from './schedule';

interface Named { readonly Name: string; readonly EventBusName?: string }
interface OfRule { readonly Rule: string; readonly EventBusName?: string }
interface Paged { readonly NextToken?: string; readonly Limit?: number }
interface PutRuleInput extends Named {
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly Tags?: Array<{ Key: string; Value: string }>;
}

const MAX_TARGETS = 5;

export class RuleOperations {
  constructor(private readonly store: RuleStore, private readonly router: EventRouter) {}

  readonly PutRule = (input: PutRuleInput) => {
    const { Name, EventPattern, ScheduleExpression, EventBusName } = input;
    const bus = this.store.bus(EventBusName);
    if (!EventPattern && !ScheduleExpression) throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    if (ScheduleExpression && bus.name !== DEFAULT_BUS) throw validation('ScheduleExpression is supported only on the default event bus.');
    const matches = EventPattern ? compile(EventPattern) : undefined;
    if (ScheduleExpression) parseSchedule(ScheduleExpression);
    const rule = bus.rules.get(Name) ?? this.store.addRule(bus, Name);
    Object.assign(rule, {
      eventPattern: EventPattern, matches, scheduleExpression: ScheduleExpression, state: input.State ?? 'ENABLED', description: input.Description, roleArn: input.RoleArn,
    });
    for (const { Key, Value } of input.Tags ?? []) rule.tags.set(Key, Value);
    this.reschedule(rule);
    return { RuleArn: rule.arn };
  };

  readonly DescribeRule = ({ Name, EventBusName }: Named) =>
    ({ ...describe(this.store.rule(Name, EventBusName)), CreatedBy: this.store.core.settings.accountId });

  readonly DeleteRule = ({ Name, EventBusName }: Named): object => {
    const rule = this.store.bus(EventBusName).rules.get(Name);
    if (!rule) return {};
    if (rule.targets.size > 0) throw validation('Rule can\'t be deleted since it has targets.');
    rule.timer?.cancel();
    rule.bus.rules.delete(Name);
    return {};
  };

  readonly EnableRule = ({ Name, EventBusName }: Named): object => this.setState(this.store.rule(Name, EventBusName), 'ENABLED');

  readonly DisableRule = ({ Name, EventBusName }: Named): object => this.setState(this.store.rule(Name, EventBusName), 'DISABLED');

  readonly ListRules = (input: Paged & { NamePrefix?: string; EventBusName?: string }) => {
    const rules = [...this.store.bus(input.EventBusName).rules.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? '')).sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, NextToken } = page(rules, input);
    return { Rules: items.map(describe), NextToken };
  };

  readonly ListRuleNamesByTarget = (input: Paged & { TargetArn: string; EventBusName?: string }) => {
    const rules = [...this.store.bus(input.EventBusName).rules.values()]
      .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === input.TargetArn));
    const { items, NextToken } = page(rules, input);
    return { RuleNames: items.map(({ name }) => name), NextToken };
  };

  readonly PutTargets = ({ Rule: name, EventBusName, Targets }: OfRule & { Targets: Target[] }) => {
    const rule = this.store.rule(name, EventBusName);
    for (const target of Targets) checkTarget(target);
    if (new Set([...rule.targets.keys(), ...Targets.map(({ Id }) => Id)]).size > MAX_TARGETS) throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    for (const target of Targets) rule.targets.set(target.Id, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

  readonly RemoveTargets = ({ Rule: name, EventBusName, Ids }: OfRule & { Ids: string[] }) => {
    const { targets } = this.store.rule(name, EventBusName);
    for (const id of Ids) targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

  readonly ListTargetsByRule = (input: OfRule & Paged) => {
    const { items, NextToken } = page([...this.store.rule(input.Rule, input.EventBusName).targets.values()], input);
    return { Targets: items, NextToken };
  };

  readonly TestEventPattern = ({ EventPattern, Event }: { EventPattern: string; Event: string }) => {
    const matches = compile(EventPattern);
    try {
      return { Result: matches(JSON.parse(Event)) };
    } catch {
      throw validation('Event is not valid. Reason: Failed to parse JSON.');
    }
  };

  stop(): void {
    for (const bus of this.store.buses.values()) for (const rule of bus.rules.values()) rule.timer?.cancel();
  }

  private setState(rule: Rule, state: string): object {
    rule.state = state;
    this.reschedule(rule);
    return {};
  }

  /** Ticks as long as it is enabled; a tick never draws the clock, it fires when time passes it. */
  private reschedule(rule: Rule): void {
    rule.timer?.cancel();
    rule.timer = undefined;
    if (!rule.scheduleExpression || rule.state === 'DISABLED') return;
    const { clock } = this.store.core;
    const next = parseSchedule(rule.scheduleExpression)(clock.now());
    if (next === undefined) return;
    rule.timer = clock.schedule(next - clock.now(), 'tick', `schedule of ${rule.name}`, () => {
      this.router.tick(rule);
      this.reschedule(rule);
    });
  }
}

function compile(pattern: string): Matcher {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPattern) throw invalidPattern(error.message);
    throw error;
  }
}

function checkTarget(target: Target): void {
  const inputs = [target.Input, target.InputPath, target.InputTransformer].filter((input) => input !== undefined);
  if (inputs.length > 1) throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(target.Arn)) throw validation(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (!isServedTarget(target.Arn)) throw new ServiceError('NotImplemented', `the local engine takes events to no target like ${target.Arn}`, 501);
  if (target.Input !== undefined && !isJson(target.Input)) throw validation(`JSON syntax error in input for target ${target.Id}`);
  if (target.SqsParameters === undefined && /:sqs:.*\.fifo$/.test(target.Arn)) throw validation(`Parameter(s) MessageGroupId must be specified for target: ${target.Id}.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function describe({ name, arn, bus, eventPattern, scheduleExpression, state, description, roleArn }: Rule) {
  return {
    Name: name, Arn: arn, EventBusName: bus.name, State: state, Description: description, RoleArn: roleArn,
    EventPattern: eventPattern, ScheduleExpression: scheduleExpression,
  };
}
