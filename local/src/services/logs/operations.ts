import { compileFilter } from './filter-pattern';
import { DAY, page, RETENTION_DAYS } from './limits';
import { type LogEvent, type LogGroup, type LogStore, type LogStream, merged } from './log-store';
import { ServiceError } from '../../core/service';

interface Group { readonly logGroupName?: string; readonly logGroupIdentifier?: string }
interface Stream extends Group { readonly logStreamName: string }
interface Window { readonly startTime?: number; readonly endTime?: number; readonly limit?: number; readonly nextToken?: string }
interface GroupFilter extends Window {
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
  readonly logGroupIdentifiers?: string[];
  readonly logGroupClass?: string;
}
interface Policy { readonly policyName: string; readonly policyDocument: string }

export class LogsOperations {
  private readonly resourcePolicies = new Map<string, object>();

  constructor(private readonly store: LogStore) {}

  readonly CreateLogGroup = (input: Group & { kmsKeyId?: string; logGroupClass?: string; tags?: Record<string, string> }): object => {
    this.store.create(input.logGroupName!, input);
    return {};
  };

  readonly DeleteLogGroup = (input: Group): object => {
    this.store.remove(input.logGroupName!);
    return {};
  };

  readonly DescribeLogGroups = (input: GroupFilter) => {
    const groups = this.store.all().filter((group) => (!input.logGroupNamePrefix || group.name.startsWith(input.logGroupNamePrefix))
      && (!input.logGroupNamePattern || group.name.includes(input.logGroupNamePattern))
      && (!input.logGroupClass || group.logGroupClass === input.logGroupClass)
      && (!input.logGroupIdentifiers || input.logGroupIdentifiers.some((identifier) => identifier === group.name || identifier === group.arn)));
    const { items, nextToken } = page(groups, input, 50);
    return { logGroups: items.map(describeGroup), nextToken };
  };

  readonly CreateLogStream = (input: Stream): object => {
    this.store.createStream(this.groupOf(input), input.logStreamName);
    return {};
  };

  readonly DeleteLogStream = (input: Stream): object => {
    const group = this.groupOf(input);
    group.streams.delete(this.store.stream(group, input.logStreamName).name);
    return {};
  };

  readonly DescribeLogStreams = (input: Group & Window & { logStreamNamePrefix?: string; orderBy?: string; descending?: boolean }) => {
    const group = this.groupOf(input);
    const key = (stream: LogStream) => (input.orderBy === 'LastEventTime' ? stream.events.at(-1)?.timestamp ?? 0 : stream.name);
    const streams = [...group.streams.values()]
      .filter((stream) => !input.logStreamNamePrefix || stream.name.startsWith(input.logStreamNamePrefix))
      .sort((a, b) => (key(a) < key(b) ? -1 : 1) * (input.descending ? -1 : 1));
    const { items, nextToken } = page(streams, input, 50);
    return { logStreams: items.map((stream) => describeStream(group, stream)), nextToken };
  };

  readonly PutLogEvents = (input: Stream & { logEvents: Array<{ timestamp: number; message: string }> }) => {
    const stream = this.store.stream(this.groupOf(input), input.logStreamName);
    const ordered = input.logEvents.every(({ timestamp }, index) => index === 0 || timestamp >= input.logEvents[index - 1].timestamp);
    if (!ordered) throw new ServiceError('InvalidParameterException', 'Log events in a single PutLogEvents request must be in chronological order.');
    const now = this.store.now();
    const tooOld = input.logEvents.findLastIndex(({ timestamp }) => timestamp < now - 14 * DAY);
    const tooNew = input.logEvents.findIndex(({ timestamp }) => timestamp > now + 2 * 3_600_000);
    this.store.append(stream, input.logEvents.slice(tooOld + 1, tooNew < 0 ? undefined : tooNew));
    const rejected = { ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }), ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }) };
    return { nextSequenceToken: String(stream.events.length), ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }) };
  };

  readonly GetLogEvents = (input: Stream & Window & { startFromHead?: boolean }) => {
    const events = this.store.stream(this.groupOf(input), input.logStreamName).events.filter(inside(input));
    const limit = input.limit ?? 10_000;
    const [direction, position] = input.nextToken?.split('/') ?? [];
    const at = Number(position);
    const start = direction === 'f' ? at : Math.max(0, direction === 'b' ? at - limit : input.startFromHead ? 0 : events.length - limit);
    const end = Math.min(events.length, direction === 'b' ? at : start + limit);
    return {
      events: events.slice(start, end).map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${end}`,
      nextBackwardToken: `b/${start}`,
    };
  };

  readonly FilterLogEvents = (input: Group & Window & { logStreamNames?: string[]; logStreamNamePrefix?: string; filterPattern?: string }) => {
    const group = this.groupOf(input);
    const matches = compileFilter(input.filterPattern);
    const streams = [...group.streams.values()].filter(({ name }) => (!input.logStreamNames || input.logStreamNames.includes(name))
      && (!input.logStreamNamePrefix || name.startsWith(input.logStreamNamePrefix)));
    const events = merged(streams).filter(inside(input)).filter(({ message }) => matches(message));
    const { items, nextToken } = page(events, input, 10_000);
    return { events: items, searchedLogStreams: [], nextToken };
  };

  readonly PutRetentionPolicy = (input: Group & { retentionInDays: number }): object => {
    if (!RETENTION_DAYS.includes(input.retentionInDays)) {
      throw new ServiceError('InvalidParameterException', `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: `
        + `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`);
    }
    this.groupOf(input).retentionInDays = input.retentionInDays;
    return {};
  };

  readonly DeleteRetentionPolicy = (input: Group): object => {
    this.groupOf(input).retentionInDays = undefined;
    return {};
  };

  readonly AssociateKmsKey = (input: Group & { resourceIdentifier?: string; kmsKeyId: string }): object => {
    this.store.get(input.logGroupName ?? input.resourceIdentifier).kmsKeyId = input.kmsKeyId;
    return {};
  };

  readonly DisassociateKmsKey = (input: Group & { resourceIdentifier?: string }): object => {
    this.store.get(input.logGroupName ?? input.resourceIdentifier).kmsKeyId = undefined;
    return {};
  };

  readonly PutMetricFilter = (input: Group & { filterName: string }): object => {
    this.groupOf(input).metricFilters.set(input.filterName, { ...input, creationTime: this.store.now() });
    return {};
  };

  readonly DeleteMetricFilter = (input: Group & { filterName: string }): object => {
    const { metricFilters } = this.groupOf(input);
    if (!metricFilters.delete(input.filterName)) throw new ServiceError('ResourceNotFoundException', 'The specified metric filter does not exist.');
    return {};
  };

  readonly DescribeMetricFilters = (input: Window & { logGroupName?: string; filterNamePrefix?: string }) => {
    const groups = input.logGroupName ? [this.store.get(input.logGroupName)] : this.store.all();
    const filters = groups.flatMap((group) => [...group.metricFilters.entries()])
      .filter(([name]) => !input.filterNamePrefix || name.startsWith(input.filterNamePrefix)).map(([, filter]) => filter);
    const { items, nextToken } = page(filters, input, 50);
    return { metricFilters: items, nextToken };
  };

  readonly PutResourcePolicy = (input: Policy) => {
    const resourcePolicy = { ...input, lastUpdatedTime: this.store.now() };
    this.resourcePolicies.set(input.policyName, resourcePolicy);
    return { resourcePolicy };
  };

  readonly DescribeResourcePolicies = () => ({ resourcePolicies: [...this.resourcePolicies.values()] });

  readonly DeleteResourcePolicy = (input: { policyName: string }): object => {
    if (!this.resourcePolicies.delete(input.policyName)) throw new ServiceError('ResourceNotFoundException', `Policy with name [${input.policyName}] does not exist`);
    return {};
  };

  readonly TagResource = (input: { resourceArn: string; tags: Record<string, string> }): object => {
    Object.assign(this.store.get(input.resourceArn).tags, input.tags);
    return {};
  };

  readonly UntagResource = (input: { resourceArn: string; tagKeys: string[] }): object => {
    const { tags } = this.store.get(input.resourceArn);
    for (const key of input.tagKeys) delete tags[key];
    return {};
  };

  readonly ListTagsForResource = (input: { resourceArn: string }) => ({ tags: this.store.get(input.resourceArn).tags });

  private groupOf({ logGroupName, logGroupIdentifier }: Group): LogGroup {
    if (!logGroupName && !logGroupIdentifier) throw new ServiceError('InvalidParameterException', 'Either logGroupName or logGroupIdentifier must be provided.');
    return this.store.get(logGroupName ?? logGroupIdentifier);
  }
}

function inside({ startTime, endTime }: Window): (event: LogEvent) => boolean {
  return ({ timestamp }) => (startTime === undefined || timestamp >= startTime) && (endTime === undefined || timestamp < endTime);
}

function storedBytes(streams: Iterable<LogStream>): number {
  let bytes = 0;
  for (const { events } of streams) for (const { message } of events) bytes += Buffer.byteLength(message) + 26;
  return bytes;
}

function describeGroup(group: LogGroup): object {
  const { name, arn, creationTime, retentionInDays, kmsKeyId, logGroupClass, metricFilters, streams } = group;
  return {
    logGroupName: name,
    arn: `${arn}:*`,
    logGroupArn: arn,
    creationTime,
    retentionInDays,
    kmsKeyId,
    logGroupClass,
    metricFilterCount: metricFilters.size,
    storedBytes: storedBytes(streams.values()),
  };
}

function describeStream(group: LogGroup, { name, creationTime, events }: LogStream): object {
  const [first] = events;
  const last = events.at(-1);
  return {
    logStreamName: name,
    arn: `${group.arn}:log-stream:${name}`,
    creationTime,
    storedBytes: 0,
    uploadSequenceToken: String(events.length),
    ...(first && { firstEventTimestamp: first.timestamp, lastEventTimestamp: last!.timestamp, lastIngestionTime: last!.ingestionTime }),
  };
}
