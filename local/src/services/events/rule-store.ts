import type { ScheduledEvent } from '../../core/clock';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import type { Matcher } from '../event-pattern';
import { busNotFound, ruleNotFound, validation } from './errors';

export const DEFAULT_BUS = 'default';

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
  readonly SqsParameters?: { readonly MessageGroupId: string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: EventBus;
  eventPattern?: string;
  matches?: Matcher;
  scheduleExpression?: string;
  timer?: ScheduledEvent;
  state: string;
  description?: string;
  roleArn?: string;
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
}

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  readonly rules: Map<string, Rule>;
  readonly tags: Map<string, string>;
  description?: string;
  policy?: { Version: string; Statement: Array<{ Sid?: string }> };
}

export class RuleStore {
  readonly buses = new Map<string, EventBus>();

  constructor(readonly core: EngineCore) {}

  /** By name or ARN; the default bus is there from the start. */
  bus(nameOrArn: string = DEFAULT_BUS): EventBus {
    const name = nameOrArn.startsWith('arn:') ? nameOrArn.split('/').slice(1).join('/') : nameOrArn;
    if (name === DEFAULT_BUS && !this.buses.has(name)) this.addBus(name);
    const bus = this.buses.get(name);
    if (!bus) throw busNotFound(name);
    return bus;
  }

  addBus(name: string): EventBus {
    const bus: EventBus = { name, arn: this.arn(`event-bus/${name}`), created: new Date(this.core.clock.now()), rules: new Map(), tags: new Map() };
    this.buses.set(name, bus);
    return bus;
  }

  rule(name: string, busName?: string): Rule {
    const bus = this.bus(busName);
    const rule = bus.rules.get(name);
    if (!rule) throw ruleNotFound(name, bus.name);
    return rule;
  }

  addRule(bus: EventBus, name: string): Rule {
    const arn = this.arn(bus.name === DEFAULT_BUS ? `rule/${name}` : `rule/${bus.name}/${name}`);
    const rule: Rule = { name, arn, bus, state: 'ENABLED', targets: new Map(), tags: new Map() };
    bus.rules.set(name, rule);
    return rule;
  }

  private arn(resource: string): string {
    const { partition, region, accountId } = this.core.settings;
    return `arn:${partition}:events:${region}:${accountId}:${resource}`;
  }
}

/** EventBridge's lists: at most `Limit` a page. */
export function page<T>(all: readonly T[], { NextToken, Limit }: { NextToken?: string; Limit?: number }): { items: T[]; NextToken?: string } {
  const { items, nextToken } = pageOf(all, NextToken, Limit ?? 100, () => validation('Invalid NextToken.'));
  return { items, ...(nextToken && { NextToken: nextToken }) };
}
