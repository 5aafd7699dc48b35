import type { Bucket, ObjectVersion } from './bucket';
import { isMeant, type NotificationConfiguration, type NotificationTarget, targetsOf } from './notification-config';
import { serviceCaller } from '../../core/acting-as';
import type { EngineCore } from '../../core/engine';
import type { RequestContext } from '../../core/service';
import type { LambdaService } from '../lambda';

export type EventName = 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete' | 'ObjectRemoved:DeleteMarkerCreated' | 'ObjectTagging:Put' | 'ObjectTagging:Delete'
  | 'ObjectRestore:Post' | 'ObjectRestore:Completed';

/** Told of every change of an object. */
export interface ObjectEvents {
  emit(name: EventName, bucket: Bucket, version: ObjectVersion, context: RequestContext): void;
}

/** What EventBridge's own object takes: events of AWS's services, which PutEvents refuses. */
export interface ServiceEventBus {
  emit(event: { 'source': string; 'detail-type': string; 'resources': string[]; 'detail': object }): void;
}

/** `ObjectCreated:Put` as EventBridge calls it, and the operation it names as reason. */
const BRIDGE_EVENTS: Readonly<Record<EventName, readonly [detailType: string, reason?: string, deletionType?: string]>> = {
  'ObjectCreated:Put': ['Object Created', 'PutObject'],
  'ObjectCreated:Copy': ['Object Created', 'CopyObject'],
  'ObjectCreated:CompleteMultipartUpload': ['Object Created', 'CompleteMultipartUpload'],
  'ObjectRemoved:Delete': ['Object Deleted', 'DeleteObject', 'Permanently Deleted'],
  'ObjectRemoved:DeleteMarkerCreated': ['Object Deleted', 'DeleteObject', 'Delete Marker Created'],
  'ObjectTagging:Put': ['Object Tags Added'],
  'ObjectTagging:Delete': ['Object Tags Deleted'],
  'ObjectRestore:Post': ['Object Restore Initiated'],
  'ObjectRestore:Completed': ['Object Restore Completed'],
};

const SERVICE = 's3.amazonaws.com';

/** Delivers a bucket's notifications, each after the request that caused it. */
export class Notifications implements ObjectEvents {
  private sequence = 0;

  constructor(private readonly core: EngineCore) {}

  emit(name: EventName, bucket: Bucket, version: ObjectVersion, context: RequestContext): void {
    const configuration = bucket.settings.get('notification') as NotificationConfiguration | undefined;
    if (!configuration) return;
    const sequencer = (++this.sequence).toString(16).toUpperCase().padStart(16, '0');
    for (const target of targetsOf(configuration)) {
      if (!isMeant(target, name, version.key)) continue;
      const record = this.record(name, bucket, version, context, target.id, sequencer);
      this.later(target.arn, () => this.deliver(bucket, target, { Records: [record] }));
    }
    if (configuration.EventBridgeConfiguration) this.later('EventBridge', () => this.deliverToBridge(name, bucket, version, context, sequencer));
  }

  /** What S3 sends to a topic or queue when it becomes a destination. */
  test(bucket: Bucket, target: NotificationTarget, context: RequestContext): void {
    if (target.service === 'lambda') return;
    const message = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: this.time(), Bucket: bucket.name, RequestId: context.requestId, HostId: context.requestId };
    this.later(target.arn, () => this.deliver(bucket, target, message));
  }

  private later(to: string, action: () => void | Promise<void>): void {
    this.core.clock.schedule(0, 'work', `S3 notification to ${to}`, action);
  }

  private async deliver(bucket: Bucket, { service, arn }: NotificationTarget, message: object): Promise<void> {
    const caller = serviceCaller(SERVICE, `arn:${this.core.settings.partition}:s3:::${bucket.name}`);
    const body = JSON.stringify(message);
    if (service === 'sns') await this.core.call('sns', 'Publish', { TopicArn: arn, Subject: 'Amazon S3 Notification', Message: body }, caller);
    if (service === 'lambda' && this.core.service<LambdaService>('lambda').letsInvoke(arn, SERVICE, caller.service!.sourceArn)) {
      await this.core.call('lambda', 'Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: body });
    }
    if (service === 'sqs') {
      const { QueueUrl } = await this.core.call<{ QueueUrl: string }>('sqs', 'GetQueueUrl', { QueueName: arn.split(':').pop() });
      await this.core.call('sqs', 'SendMessage', { QueueUrl, MessageBody: body }, caller);
    }
  }

  private deliverToBridge(name: EventName, bucket: Bucket, version: ObjectVersion, context: RequestContext, sequencer: string): void {
    const [detailType, reason, deletionType] = BRIDGE_EVENTS[name];
    const { key, bytes, etag, versionId } = version;
    const detail = {
      'version': '0',
      'bucket': { name: bucket.name },
      'object': { key, ...(!version.isDeleteMarker && { size: bytes.length, etag }), ...(bucket.versioning && { 'version-id': versionId }), sequencer },
      'request-id': context.requestId,
      'requester': this.core.settings.accountId,
      'source-ip-address': '127.0.0.1',
      ...(reason && { reason }),
      ...(deletionType && { 'deletion-type': deletionType }),
      ...(name.startsWith('ObjectRestore:') && restoreDetail(version)),
    };
    this.core.service<ServiceEventBus>('events').emit({ 'source': 'aws.s3', 'detail-type': detailType, 'resources': [this.arn(bucket)], detail });
  }

  private record(name: EventName, bucket: Bucket, version: ObjectVersion, context: RequestContext, configurationId: string,
    sequencer: string): object {
    const { key, bytes, etag, versionId } = version;
    return {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: this.core.settings.region,
      eventTime: this.time(),
      eventName: name,
      userIdentity: { principalId: context.caller.accessKeyId },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': context.requestId, 'x-amz-id-2': context.requestId },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId,
        bucket: { name: bucket.name, ownerIdentity: { principalId: this.core.settings.accountId }, arn: this.arn(bucket) },
        object: {
          // keys travel form-encoded
          key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
          ...(!version.isDeleteMarker && { size: bytes.length, eTag: etag }),
          ...(bucket.versioning && { versionId }),
          sequencer,
        },
      },
    };
  }

  private time(): string {
    return new Date(this.core.clock.now()).toISOString();
  }

  private arn(bucket: Bucket): string {
    return `arn:${this.core.settings.partition}:s3:::${bucket.name}`;
  }
}

/** What EventBridge is told besides of a restore. */
function restoreDetail({ storageClass, restore }: ObjectVersion): object {
  return {
    'source-storage-class': storageClass,
    ...(restore?.expires !== undefined && { 'restore-expiry-time': new Date(restore.expires).toISOString().replace(/\.\d+Z$/, 'Z') }),
  };
}
