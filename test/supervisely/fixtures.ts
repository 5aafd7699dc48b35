import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { supervisely } from '../../src';

/** A server with a token that others have put into a secret. */
export function connectionOf(stack: Stack, overrides: Partial<supervisely.ConnectionProps> = {}): supervisely.Connection {
  return new supervisely.Connection(stack, 'Server', {
    serverUrl: 'https://labels.example.com',
    apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', 'supervisely/token'),
    ...overrides,
  });
}

/** The least that a job needs. */
export function jobProps(stack: Stack, overrides: Partial<supervisely.LabelingJobProps> = {}): supervisely.LabelingJobProps {
  return {
    connection: stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack),
    dataset: supervisely.Dataset.fromDatasetId(10555),
    title: 'lemons',
    labelers: [supervisely.User.fromUserId(101)],
    ...overrides,
  };
}

/** Properties of the only resource of this type, as the template has them. */
export function propertiesOf(stack: Stack, type: string): Record<string, any> {
  const [resource, ...others] = Object.values(Template.fromStack(stack).findResources(type));
  if (!resource || others.length > 0) throw new Error(`expected one ${type}`);
  return resource.Properties;
}

/** What CloudFormation makes of properties on their way to a handler, as far as they hold no references: strings of all scalars. */
export function asDelivered<T>(value: any): T {
  if (Array.isArray(value)) return value.map(asDelivered) as T;
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asDelivered(member)])) as T;
  return String(value) as T;
}

/** The least that a queue needs. */
export function queueProps(stack: Stack, overrides: Partial<supervisely.LabelingQueueProps> = {}): supervisely.LabelingQueueProps {
  return {
    connection: stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack),
    dataset: supervisely.Dataset.fromDatasetId(10555),
    title: 'lemons',
    labelers: [supervisely.User.fromUserId(101), supervisely.User.fromLogin('bob')],
    reviewers: [supervisely.User.fromUserId(7)],
    ...overrides,
  };
}

/** The least that a fleet of jobs needs. */
export function fleetProps(stack: Stack, overrides: Partial<supervisely.JobFleetProps> = {}): supervisely.JobFleetProps {
  return {
    connection: stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack),
    imageSets: [supervisely.ImageSet.fromDataset(supervisely.Dataset.fromDatasetId(10555))],
    title: 'lemons',
    labelers: [{ labeler: supervisely.User.fromUserId(101), weight: 2 }, { labeler: supervisely.User.fromLogin('bob') }],
    ...overrides,
  };
}
