import { validation } from './errors';
import type { EventRouter } from './event-router';
import { DEFAULT_BUS, type EventBus, page, type RuleStore } from './rule-store';
import { ServiceError } from '../../core/service';

interface Entry {
  readonly Time?: Date;
  readonly Source?: string;
  readonly Resources?: string[];
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
}
interface PermissionInput {
  readonly EventBusName?: string;
  readonly Policy?: string;
  readonly StatementId?: string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
}
interface Tagged { readonly ResourceARN: string }

const MAX_BYTES = 1_048_576;

export class BusOperations {
  constructor(private readonly store: RuleStore, private readonly router: EventRouter) {}

  readonly CreateEventBus = ({ Name, Description, Tags = [] }: { Name: string; Description?: string; Tags?: Array<{ Key: string; Value: string }> }) => {
    if (Name === DEFAULT_BUS || this.store.buses.has(Name)) throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
    const bus = this.store.addBus(Name);
    bus.description = Description;
    for (const { Key, Value } of Tags) bus.tags.set(Key, Value);
    return { EventBusArn: bus.arn, Description };
  };

  readonly DeleteEventBus = ({ Name }: { Name: string }): object => {
    if (Name === DEFAULT_BUS) throw validation(`Cannot delete event bus ${DEFAULT_BUS}.`);
    if ((this.store.buses.get(Name)?.rules.size ?? 0) > 0) throw validation(`Event bus ${Name} can't be deleted since it has rules.`);
    this.store.buses.delete(Name);
    return {};
  };

  readonly DescribeEventBus = ({ Name }: { Name?: string }) => {
    const bus = this.store.bus(Name);
    return { ...describe(bus), Description: bus.description };
  };

  readonly ListEventBuses = (input: { NamePrefix?: string; NextToken?: string; Limit?: number }) => {
    this.store.bus();
    const { items, NextToken } = page([...this.store.buses.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? '')), input);
    return { EventBuses: items.map(describe), NextToken };
  };

  readonly PutEvents = ({ Entries }: { Entries: Entry[] }) => {
    const bytes = Entries.reduce((sum, { Source = '', DetailType = '', Detail = '', Resources = [] }) => sum + Buffer.byteLength([Source, DetailType, Detail, ...Resources].join('')), 0);
    if (bytes > MAX_BYTES) throw validation('Total size of the entries in the request is over the limit.');
    const results = Entries.map((entry) => this.put(entry));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  readonly PutPermission = (input: PermissionInput): object => {
    const bus = this.store.bus(input.EventBusName);
    if (input.Policy) {
      bus.policy = JSON.parse(input.Policy);
      return {};
    }
    const { StatementId, Action, Principal, Condition } = input;
    if (!StatementId || !Action || !Principal) throw validation('Parameters StatementId, Action and Principal must be specified unless Policy is.');
    const statement = {
      Sid: StatementId,
      Effect: 'Allow',
      Action,
      Resource: bus.arn,
      Principal: Principal === '*' ? '*' : { AWS: `arn:${this.store.core.settings.partition}:iam::${Principal}:root` },
      ...(Condition && { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
    };
    const others = (bus.policy?.Statement ?? []).filter(({ Sid }) => Sid !== StatementId);
    bus.policy = { Version: '2012-10-17', Statement: [...others, statement] };
    return {};
  };

  readonly RemovePermission = ({ EventBusName, StatementId, RemoveAllPermissions }: PermissionInput & { RemoveAllPermissions?: boolean }): object => {
    const bus = this.store.bus(EventBusName);
    const rest = RemoveAllPermissions ? [] : (bus.policy?.Statement ?? []).filter(({ Sid }) => Sid !== StatementId);
    if (!RemoveAllPermissions && rest.length === (bus.policy?.Statement.length ?? 0)) throw new ServiceError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
    bus.policy = rest.length > 0 ? { Version: '2012-10-17', Statement: rest } : undefined;
    return {};
  };

  readonly TagResource = ({ ResourceARN, Tags }: Tagged & { Tags: Array<{ Key: string; Value: string }> }): object => {
    const tags = this.tagsOf(ResourceARN);
    for (const { Key, Value } of Tags) tags.set(Key, Value);
    return {};
  };

  readonly UntagResource = ({ ResourceARN, TagKeys }: Tagged & { TagKeys: string[] }): object => {
    const tags = this.tagsOf(ResourceARN);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

  readonly ListTagsForResource = ({ ResourceARN }: Tagged) => ({ Tags: [...this.tagsOf(ResourceARN)].map(([Key, Value]) => ({ Key, Value })) });

  private put({ Source, DetailType, Detail, Resources, Time, EventBusName }: Entry): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
    for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
      if (!value) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
    }
    if (Source!.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    const detail = parseDetail(Detail!);
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event = { 'source': Source!, 'detail-type': DetailType!, detail, 'resources': Resources, 'time': Time };
    try {
      return { EventId: this.router.put(this.store.bus(EventBusName), event) };
    } catch (error) {
      if (error instanceof ServiceError) return { ErrorCode: error.code, ErrorMessage: error.message };
      throw error;
    }
  }

  private tagsOf(arn: string): Map<string, string> {
    const [kind, ...path] = arn.split(':').slice(5).join(':').split('/');
    if (kind === 'event-bus') return this.store.bus(path.join('/')).tags;
    return this.store.rule(path.at(-1)!, path.length > 1 ? path.slice(0, -1).join('/') : undefined).tags;
  }
}

function parseDetail(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

function describe({ name, arn, policy, created }: EventBus) {
  return { Name: name, Arn: arn, CreationTime: created, LastModifiedTime: created, ...(policy && { Policy: JSON.stringify(policy) }) };
}
