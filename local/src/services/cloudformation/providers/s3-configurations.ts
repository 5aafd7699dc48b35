import { defined, pick } from './provider';
import type { Json } from '../template/template';
import { asList } from '../template/template';

/** One property of a bucket as a call of its own. */
interface BucketConfiguration {
  readonly property: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- checked against CloudFormation's schema before
  readonly put: (value: any) => [operation: string, input: Json];
  readonly remove: [operation: string, input: Json];
}

/** In the order in which they must be made: ownership and public access come before what they allow. */
export const BUCKET_CONFIGURATIONS: readonly BucketConfiguration[] = [
  {
    property: 'OwnershipControls',
    put: ({ Rules }) => ['PutBucketOwnershipControls', { OwnershipControls: { Rules } }],
    remove: ['DeleteBucketOwnershipControls', {}],
  },
  {
    property: 'PublicAccessBlockConfiguration',
    put: (value) => ['PutPublicAccessBlock', { PublicAccessBlockConfiguration: value }],
    remove: ['DeletePublicAccessBlock', {}],
  },
  {
    property: 'VersioningConfiguration',
    put: ({ Status }) => ['PutBucketVersioning', { VersioningConfiguration: { Status } }],
    remove: ['PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }],
  },
  {
    property: 'BucketEncryption',
    put: ({ ServerSideEncryptionConfiguration }) => ['PutBucketEncryption', {
      ServerSideEncryptionConfiguration: {
        Rules: (ServerSideEncryptionConfiguration as Json[]).map(({ ServerSideEncryptionByDefault, BucketKeyEnabled }) =>
          defined({ ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled })),
      },
    }],
    remove: ['DeleteBucketEncryption', {}],
  },
  {
    property: 'CorsConfiguration',
    put: ({ CorsRules }) => ['PutBucketCors', { CORSConfiguration: { CORSRules: (CorsRules as Json[]).map(corsRule) } }],
    remove: ['DeleteBucketCors', {}],
  },
  {
    property: 'LifecycleConfiguration',
    put: ({ Rules }) => ['PutBucketLifecycleConfiguration', { LifecycleConfiguration: { Rules: (Rules as Json[]).map(lifecycleRule) } }],
    remove: ['DeleteBucketLifecycle', {}],
  },
  {
    property: 'LoggingConfiguration',
    put: ({ DestinationBucketName, LogFilePrefix }) => ['PutBucketLogging', {
      BucketLoggingStatus: DestinationBucketName ? { LoggingEnabled: { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix ?? '' } } : {},
    }],
    remove: ['PutBucketLogging', { BucketLoggingStatus: {} }],
  },
  {
    property: 'NotificationConfiguration',
    put: (value) => ['PutBucketNotificationConfiguration', { NotificationConfiguration: notifications(value as Json) }],
    remove: ['PutBucketNotificationConfiguration', { NotificationConfiguration: {} }],
  },
  {
    property: 'Tags',
    put: (TagSet) => ['PutBucketTagging', { Tagging: { TagSet } }],
    remove: ['DeleteBucketTagging', {}],
  },
];

function corsRule({ Id, MaxAge, ExposedHeaders, ...rule }: Json): Json {
  return defined({ ...rule, ID: Id, MaxAgeSeconds: MaxAge, ExposeHeaders: ExposedHeaders });
}

function lifecycleRule(rule: Json): Json {
  const { Id, Status, Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
  const conditions: Json[] = [
    ...(Prefix === undefined ? [] : [{ Prefix }]),
    ...asList(TagFilters as Json[] | undefined).map((Tag) => ({ Tag })),
    ...(ObjectSizeGreaterThan === undefined ? [] : [{ ObjectSizeGreaterThan: Number(ObjectSizeGreaterThan) }]),
    ...(ObjectSizeLessThan === undefined ? [] : [{ ObjectSizeLessThan: Number(ObjectSizeLessThan) }]),
  ];
  const combined: Json = { ...Object.assign({}, ...conditions.filter((condition) => !('Tag' in condition))) as Json, ...(TagFilters ? { Tags: TagFilters } : {}) };
  const Expiration = defined({ Days: rule.ExpirationInDays, Date: rule.ExpirationDate, ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker });
  return defined({
    ID: Id,
    Status,
    Filter: conditions.length > 1 ? { And: combined } : conditions[0] ?? { Prefix: '' },
    Expiration: Object.keys(Expiration).length > 0 ? Expiration : undefined,
    NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration
      ?? (rule.NoncurrentVersionExpirationInDays === undefined ? undefined : { NoncurrentDays: rule.NoncurrentVersionExpirationInDays }),
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    Transitions: transitions(rule.Transitions ?? rule.Transition, { TransitionInDays: 'Days', TransitionDate: 'Date' }),
    NoncurrentVersionTransitions: transitions(rule.NoncurrentVersionTransitions ?? rule.NoncurrentVersionTransition, { TransitionInDays: 'NoncurrentDays' }),
  });
}

function transitions(value: unknown, renamed: Readonly<Record<string, string>>): Json[] | undefined {
  const list = value === undefined ? undefined : [value as Json | Json[]].flat();
  return list?.map((transition) => Object.fromEntries(Object.entries(transition).map(([key, inner]) => [renamed[key] ?? key, inner])));
}

function notifications({ EventBridgeConfiguration, LambdaConfigurations, QueueConfigurations, TopicConfigurations }: Json): Json {
  const configurations = (value: unknown, target: string, arnMember: string) => value && (value as Json[]).map((configuration) => defined({
    [arnMember]: configuration[target],
    Events: [configuration.Event],
    Filter: configuration.Filter && { Key: { FilterRules: ((configuration.Filter as { S3Key: { Rules: Json[] } }).S3Key.Rules).map((rule) => pick(rule, ['Name', 'Value'])) } },
  }));
  const bridge = EventBridgeConfiguration as { EventBridgeEnabled?: boolean } | undefined;
  return defined({
    LambdaFunctionConfigurations: configurations(LambdaConfigurations, 'Function', 'LambdaFunctionArn'),
    QueueConfigurations: configurations(QueueConfigurations, 'Queue', 'QueueArn'),
    TopicConfigurations: configurations(TopicConfigurations, 'Topic', 'TopicArn'),
    EventBridgeConfiguration: bridge && (bridge.EventBridgeEnabled ?? true) ? {} : undefined,
  });
}
