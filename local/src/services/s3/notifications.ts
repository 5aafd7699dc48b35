import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import type { Notifications } from './events';
import { checkOverlaps, type NotificationConfiguration, type NotificationTarget, targetsOf } from './notification-config';
import type { EngineCore } from '../../core/engine';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function notificationOperations(store: BucketStore, notifications: Notifications): Record<string, Operation> {
  return {
    PutBucketNotificationConfiguration: async (input: Input, context) => {
      const bucket = store.bucket(input.Bucket);
      const configuration = withIds(store, input.NotificationConfiguration as NotificationConfiguration);
      const targets = targetsOf(configuration);
      checkOverlaps(targets);
      if (input.SkipDestinationValidation !== true) {
        for (const target of targets) await checkTarget(store.core, target);
        for (const target of targets) notifications.test(bucket, target, context);
      }
      bucket.settings.set('notification', configuration);
      return {};
    },
    GetBucketNotificationConfiguration: (input: Input) => store.bucket(input.Bucket).settings.get('notification') ?? {},
  };
}

/** S3 names the configurations that have no name. */
function withIds(store: BucketStore, configuration: NotificationConfiguration): NotificationConfiguration {
  return Object.fromEntries(Object.entries(configuration).map(([name, value]: [string, unknown]) =>
    [name, Array.isArray(value) ? value.map((item: object) => ({ Id: store.newId(20), ...item })) : value]));
}

const PROBES: Readonly<Record<NotificationTarget['service'], (arn: string) => [operation: string, input: object]>> = {
  sns: (TopicArn) => ['GetTopicAttributes', { TopicArn }],
  sqs: (arn) => ['GetQueueUrl', { QueueName: arn.split(':').pop() }],
  lambda: (FunctionName) => ['GetFunction', { FunctionName }],
};

async function checkTarget(core: EngineCore, { service, arn }: NotificationTarget): Promise<void> {
  const [operation, input] = PROBES[service](arn);
  try {
    await core.call(service, operation, input);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw s3Error('InvalidArgument', { ArgumentName1: arn, ArgumentValue1: 'The destination does not exist' }, 'Unable to validate the following destination configurations');
  }
}
