import { Annotations, Aspects, CfnResource, IAspect, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';

const SWITCHED = Symbol.for('cdk-labeling-workflows.eventBridge');

/**
 * Makes a bucket tell EventBridge of its objects. CDK does that with a function of its own, written in Python, that writes all of a bucket's
 * notifications: where the bucket has it for other notifications anyway, it must write these as well; elsewhere a property of the bucket will do.
 * Which of both is known when the app is complete.
 */
export function deliverToEventBridge(scope: Construct, bucket: s3.IBucket): void {
  const resource = bucket.node.defaultChild;
  if (!(bucket instanceof s3.Bucket) || !resource || !CfnResource.isCfnResource(resource)) {
    warnOfDelivery(scope, bucket);
    return;
  }
  if (SWITCHED in bucket) return;
  Object.defineProperty(bucket, SWITCHED, { value: true });
  Aspects.of(bucket).add(new EventBridgeSwitch(bucket, resource as s3.CfnBucket));
}

class EventBridgeSwitch implements IAspect {
  constructor(private readonly bucket: s3.Bucket, private readonly resource: s3.CfnBucket) {}

  public visit(node: IConstruct): void {
    if (node !== this.bucket) return;
    if (this.bucket.node.tryFindChild('Notifications')) {
      this.bucket.enableEventBridgeNotification();
    } else {
      this.resource.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
    }
  }
}

function warnOfDelivery(scope: Construct, bucket: s3.IBucket): void {
  const name = Stack.of(scope).resolve(bucket.bucketName) as unknown;
  const shown = typeof name === 'string' ? name : 'BUCKET';
  Annotations.of(scope).addWarningV2(`cdk-labeling-workflows:eventBridgeDelivery:${bucket.node.path}`,
    `the bucket ${bucket.node.path} is not of this app: see that it tells EventBridge of its objects, or none of them comes into the stream. This adds it to what the bucket has: `
    + `(aws s3api get-bucket-notification-configuration --bucket ${shown}; echo '{}') | jq -s '.[0] + {EventBridgeConfiguration: {}}' > notifications.json`
    + ` && aws s3api put-bucket-notification-configuration --bucket ${shown} --notification-configuration file://notifications.json`);
}
