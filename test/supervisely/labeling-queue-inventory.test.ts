import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { asDelivered, connectionOf, propertiesOf, queueProps } from './fixtures';
import { ReconcileOn, supervisely } from '../../src';
import { decodeLabelingQueueInventoryProperties, LABELING_QUEUE_INVENTORY_ATTRIBUTES } from '../../src/supervisely/private/labeling-queue-inventory-contract';
import { newStack } from '../groundtruth/fixtures';

const { InventoryPaging, LabelingQueue, LabelingQueueInventory } = supervisely;
const TYPE = 'Custom::SuperviselyLabelingQueueInventory';
type Props = Partial<supervisely.LabelingQueueInventoryProps>;

function list(props: Props = {}, stack = newStack()): supervisely.LabelingQueueInventory {
  const connection = stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack);
  return new LabelingQueueInventory(stack, 'List', { connection, teamId: 8, ...props });
}

test('hands over every filter and every setting of the paging', () => {
  const stack = newStack();
  list({
    ...{ projectId: 5555, datasetId: 10555, queueIds: [1, 2], queueNames: ['q'], showDisabled: true, entities: true },
    ...{ maxItems: 10, pageSize: 5, paging: InventoryPaging.BY_TOKEN, startingToken: 'token' },
    ...{ recordBucket: s3.Bucket.fromBucketName(stack, 'Records', 'records'), recordPrefix: 'queues/' },
  }, stack);
  const { Connection: _, ...rest } = propertiesOf(stack, TYPE);
  const given = { ...asDelivered<any>(rest), Connection: { ServerUrl: 'https://labels.example.com', SecretArn: 'arn' } };
  expect(decodeLabelingQueueInventoryProperties(given)).toEqual({
    connection: expect.anything(), teamId: 8, bucket: 'records', prefix: 'queues/', entities: true,
    filters: { projectId: 5555, datasetId: 10555, collectionId: undefined, ids: [1, 2], names: ['q'], showDisabled: true },
    maxItems: 10, pageSize: 5, mode: 'TOKEN', startingToken: 'token',
  });
});

test('is taken after its queues, and again after each change of theirs', () => {
  const stack = newStack();
  const queue = new LabelingQueue(stack, 'Lemons', queueProps(stack));
  list({ queues: [queue] }, stack);
  const [{ Properties, DependsOn }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  expect(JSON.stringify(Properties.ReconcileNonce)).toMatch(/QueueId.*Status/);
  expect(DependsOn).toContainEqual(expect.stringMatching(/^Lemons/));
});

test('a schedule lists without a deployment', () => {
  const stack = newStack();
  list({ reconcileOn: ReconcileOn.schedule(events.Schedule.cron({ minute: '0' })) }, stack);
  const [{ Properties: { Targets: [{ Input }] } }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
  expect(JSON.stringify(Input)).toContain('TeamId');
});

test('every attribute can be used', () => {
  const stack = newStack();
  const made = list({}, stack);
  const used = JSON.stringify(stack.resolve(Object.values(made).filter((value) => ['string', 'number'].includes(typeof value))));
  for (const attribute of LABELING_QUEUE_INVENTORY_ATTRIBUTES) expect(used).toContain(`"${attribute}"`);
});

test.each([
  ['two sources', { datasetId: 1, collectionId: 2 }, '\'datasetId\' and \'collectionId\' exclude each other'],
  ['no queue', { queueIds: [] }, '\'queueIds\' is empty: leave it out for all queues'],
  ['an empty name', { queueNames: [''] }, '\'queueNames\' must not hold an empty name'],
  ['a page of nothing', { pageSize: 0 }, '\'pageSize\' must be a whole number from 1 to 20000, got 0'],
  ['no team', { teamId: 0 }, '\'teamId\' must be a whole number from 1, got 0'],
  ['a prefix without a slash', { recordPrefix: 'a' }, '\'recordPrefix\' must end'],
] as Array<[string, Props, string]>)('refuses: %s', (_, props, message) => expect(() => list(props)).toThrow(message));
