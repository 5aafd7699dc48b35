import { s3Error } from './errors';

interface Destination {
  readonly Id?: string;
  readonly Events: readonly string[];
  readonly Filter?: { readonly Key?: { readonly FilterRules?: ReadonlyArray<{ readonly Name?: string; readonly Value?: string }> } };
  readonly TopicArn?: string;
  readonly QueueArn?: string;
  readonly LambdaFunctionArn?: string;
}

/** A bucket's notification configuration as put. */
export interface NotificationConfiguration {
  readonly TopicConfigurations?: readonly Destination[];
  readonly QueueConfigurations?: readonly Destination[];
  readonly LambdaFunctionConfigurations?: readonly Destination[];
  readonly EventBridgeConfiguration?: object;
}

export interface NotificationTarget {
  readonly id: string;
  readonly service: 'sns' | 'sqs' | 'lambda';
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** Every destination of a configuration in one form. */
export function targetsOf(configuration: NotificationConfiguration): NotificationTarget[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = configuration;
  return [
    ...TopicConfigurations.map((destination) => target('sns', destination.TopicArn!, destination)),
    ...QueueConfigurations.map((destination) => target('sqs', destination.QueueArn!, destination)),
    ...LambdaFunctionConfigurations.map((destination) => target('lambda', destination.LambdaFunctionArn!, destination)),
  ];
}

function target(service: NotificationTarget['service'], arn: string, { Id = '', Events, Filter }: Destination): NotificationTarget {
  const rule = (name: string): string => Filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === name)?.Value ?? '';
  return { id: Id, service, arn, events: Events, prefix: rule('prefix'), suffix: rule('suffix') };
}

export function isMeant({ events, prefix, suffix }: NotificationTarget, name: string, key: string): boolean {
  return key.startsWith(prefix) && key.endsWith(suffix) && events.some((event) => isPattern(event, `s3:${name}`));
}

function isPattern(event: string, name: string): boolean {
  return event === name || (event.endsWith(':*') && name.startsWith(event.slice(0, -1)));
}

/** Two destinations of one kind of event must not both be meant by a key. */
export function checkOverlaps(targets: readonly NotificationTarget[]): void {
  targets.forEach((one, index) => {
    for (const other of targets.slice(index + 1)) {
      const sharesEvent = one.events.some((left) => other.events.some((right) => isPattern(left, right) || isPattern(right, left)));
      const sharesKeys = (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix))
        && (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix));
      if (sharesEvent && sharesKeys) {
        throw s3Error('InvalidArgument', {}, 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.');
      }
    }
  });
}
