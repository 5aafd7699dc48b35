import { CfnElement, CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The logical id of a custom resource, for what must know it before the resource is made. */
export function ownLogicalId(scope: Construct, resource: () => CustomResource): string {
  return Lazy.string({ produce: () => Stack.of(scope).getLogicalId(resource().node.defaultChild as CfnElement) });
}
