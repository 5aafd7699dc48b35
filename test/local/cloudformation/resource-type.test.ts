import { changeOf } from '../../../local/src/services/cloudformation/deployment/resource-change';
import { ResourceType } from '../../../local/src/services/cloudformation/resource-types/resource-type';

const problems = (type: string, properties: Record<string, unknown>) => ResourceType.of(type).checked(properties).problems;

test('scalars take the type that the schema wants', () => {
  expect(ResourceType.of('AWS::Lambda::Function').checked({ Code: { ZipFile: 'x' }, Role: 'r', Timeout: '30' }).properties).toMatchObject({ Timeout: 30 });
  expect(ResourceType.of('AWS::S3::Bucket').checked({ ObjectLockEnabled: 'true' }).properties).toEqual({ ObjectLockEnabled: true });
});

test.each<[string, string, Record<string, unknown>, string]>([
  ['an unknown property', 'AWS::S3::Bucket', { Foo: 1 }, '#: extraneous key [Foo] is not permitted'],
  ['a read-only property', 'AWS::S3::Bucket', { Arn: 'x' }, '#: extraneous key [Arn] is not permitted'],
  ['a missing property', 'AWS::Lambda::Function', { Role: 'r' }, '#: required key [Code] not found'],
  ['a wrong type', 'AWS::S3::Bucket', { Tags: { a: 1 } }, '#/Tags: expected type: Array, found: JSONObject'],
  ['a wrong value', 'AWS::S3::Bucket', { VersioningConfiguration: { Status: 'On' } }, '#/VersioningConfiguration/Status: "On" is not a valid value: allowed are ["Enabled","Suspended"]'],
  ['a wrong form', 'AWS::S3::Bucket', { BucketName: 'UPPER' }, '#/BucketName: failed validation constraint for keyword [pattern]'],
  ['a key of one letter', 'AWS::Lambda::Function', { Code: {}, Role: 'r', Environment: { Variables: { A: 'x' } } }, '#/Environment/Variables: extraneous key [A] is not permitted'],
])('fails on %s', (_, type, properties, problem) => {
  expect(problems(type, properties)).toContain(problem);
});

test('a custom resource takes any property, and needs its token', () => {
  expect(problems('Custom::X', { ServiceToken: 't', Any: { Thing: [1] } })).toEqual([]);
  expect(problems('Custom::X', {})).toEqual(['#: required key [ServiceToken] not found']);
});

test('letters of any script are letters in tags', () => {
  expect(problems('AWS::IAM::Role', { AssumeRolePolicyDocument: {}, Tags: [{ Key: 'zuständig', Value: '名前' }] })).toEqual([]);
});

test('what changes in place, what replaces, what is refused', () => {
  expect(changeOf('AWS::SQS::Queue', { DelaySeconds: 5 }, { DelaySeconds: '5' }).properties).toEqual([]);
  expect(changeOf('AWS::SQS::Queue', { DelaySeconds: 5 }, {})).toMatchObject({ properties: ['DelaySeconds'], replacement: false });
  expect(changeOf('AWS::SQS::Queue', { QueueName: 'a' }, { QueueName: 'b' })).toMatchObject({ replacement: true, refusal: undefined });
  expect(changeOf('AWS::SNS::Topic', { TopicName: 'a', FifoTopic: false }, { TopicName: 'a', FifoTopic: true }).refusal)
    .toBe('CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename a and update the stack again.');
  expect(changeOf('AWS::Lambda::Permission', { FunctionName: 'f', Action: 'a' }, { FunctionName: 'f', Action: 'b' })).toMatchObject({ replacement: true, refusal: undefined });
  expect(changeOf('Custom::X', { ServiceToken: 'a' }, { ServiceToken: 'b' }).refusal).toBe('Modifying service token is not allowed.');
});
