import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { groundtruth, ReconcileOn } from '../src';

const TYPE = 'Custom::GroundTruthLabelingJobInventory';

function nonceOf(stack: Stack): unknown {
  return Object.values(Template.fromStack(stack).findResources(TYPE))[0].Properties.ReconcileNonce;
}

test('CHANGE brings nothing into the template', () => {
  const stack = new Stack();
  new groundtruth.LabelingJobInventory(stack, 'Jobs', { reconcileOn: ReconcileOn.CHANGE });
  expect(nonceOf(stack)).toBeUndefined();
  expect(Template.fromStack(stack).findParameters('ReconcileNonce')).toEqual({});
});

test('PARAMETER is one parameter of the stack, however many ask for it', () => {
  const stack = new Stack();
  for (const id of ['First', 'Second']) new groundtruth.LabelingJobInventory(stack, id, { reconcileOn: ReconcileOn.PARAMETER });
  expect(nonceOf(stack)).toEqual({ Ref: 'ReconcileNonce' });
  Template.fromStack(stack).hasParameter('ReconcileNonce', { Type: 'String', Default: '' });
});

test('a nested stack takes the parameter of the stack that is deployed: the command line reaches no other', () => {
  const stack = new Stack();
  const nested = new NestedStack(stack, 'Nested');
  new groundtruth.LabelingJobInventory(nested, 'Jobs', { reconcileOn: ReconcileOn.PARAMETER });
  Template.fromStack(stack).hasParameter('ReconcileNonce', { Default: '' });
  const { Ref } = nonceOf(nested) as { Ref: string };
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::Stack'));
  expect(Properties.Parameters[Ref]).toEqual({ Ref: 'ReconcileNonce' });
});
