import { putEmbeddedMetrics } from './embedded-metrics';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

/** A stream keeps its newest events only: a laptop's memory is finite. */
const KEPT_EVENTS = 10_000;

export interface LogEvent {
  readonly eventId: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly creationTime: number;
  readonly events: LogEvent[];
}

export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  readonly logGroupClass: string;
  readonly streams: Map<string, LogStream>;
  readonly metricFilters: Map<string, object>;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags: Record<string, string>;
}

export class LogStore {
  private readonly groups = new Map<string, LogGroup>();
  private lastEvent = 0;

  constructor(private readonly core: EngineCore) {}

  all(): LogGroup[] {
    return [...this.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  create(name: string, settings: { kmsKeyId?: string; logGroupClass?: string; tags?: Record<string, string> } = {}): LogGroup {
    if (this.groups.has(name)) throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
    const { partition, region, accountId } = this.core.settings;
    const group: LogGroup = {
      name,
      arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`,
      creationTime: this.now(),
      logGroupClass: settings.logGroupClass ?? 'STANDARD',
      streams: new Map(),
      metricFilters: new Map(),
      kmsKeyId: settings.kmsKeyId,
      tags: { ...settings.tags },
    };
    this.groups.set(name, group);
    return group;
  }

  /** By name, or by ARN with or without the `:*` at its end. */
  get(nameOrArn: string | undefined): LogGroup {
    const name = nameOrArn?.startsWith('arn:') ? nameOrArn.split(':')[6] : nameOrArn;
    const group = this.groups.get(name ?? '');
    if (!group) throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  remove(name: string): void {
    this.groups.delete(this.get(name).name);
  }

  createStream(group: LogGroup, name: string): LogStream {
    if (group.streams.has(name)) throw new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    const stream: LogStream = { name, creationTime: this.now(), events: [] };
    group.streams.set(name, stream);
    return stream;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  append(stream: LogStream, events: ReadonlyArray<{ timestamp: number; message: string }>): void {
    for (const { timestamp, message } of events) {
      stream.events.push({ eventId: String(++this.lastEvent).padStart(56, '0'), timestamp, ingestionTime: this.now(), message });
      putEmbeddedMetrics(this.core, message);
    }
    stream.events.splice(0, Math.max(0, stream.events.length - KEPT_EVENTS));
  }

  /** A line from an AWS service, which makes the group and the stream if they are missing. */
  write(groupName: string, streamName: string, message: string): void {
    const group = this.groups.get(groupName) ?? this.create(groupName);
    const stream = group.streams.get(streamName) ?? this.createStream(group, streamName);
    this.append(stream, [{ timestamp: this.now(), message }]);
  }

  now(): number {
    return Math.floor(this.core.clock.now());
  }
}

/** Events of several streams in the order in which they came. */
export function merged(streams: Iterable<LogStream>): Array<LogEvent & { readonly logStreamName: string }> {
  const events = [...streams].flatMap((stream) => stream.events.map((event) => ({ ...event, logStreamName: stream.name })));
  return events.sort((a, b) => a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1));
}
