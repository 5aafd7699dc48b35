import { readTemplate } from '../../../local/src/services/cloudformation/stack-definition';

function template(parts: object): string {
  return JSON.stringify({ Resources: { A: { Type: 'AWS::SNS::Topic' } }, ...parts });
}

test('a sound template passes', () => {
  expect(() => readTemplate(template({ Outputs: { Arn: { Value: { 'Fn::GetAtt': ['A', 'TopicArn'] } } } }))).not.toThrow();
});

const topic = (rest: object) => ({ Type: 'AWS::SNS::Topic', ...rest });

test.each<[string, object, string]>([
  ['no resources', { Resources: {} }, 'Template format error: At least one Resources member must be defined.'],
  ['an unknown section', { Foo: {} }, 'Invalid template property or properties [Foo]'],
  ['a resource without type', { Resources: { A: {} } }, '[/Resources/A] Every Resources object must contain a Type member.'],
  ['a misspelled type', { Resources: { A: { Type: 'AWS::S3::Buckett' } } }, 'Template format error: Unrecognized resource types: [AWS::S3::Buckett]'],
  ['an unknown resource member', { Resources: { A: topic({ Foo: 1 }) } }, 'Invalid template resource property \'Foo\''],
  ['a logical id with a dash', { Resources: { 'a-b': topic({}) } }, 'Resource name a-b is non alphanumeric.'],
  ['a parameter with a dash', { Parameters: { 'P-q': { Type: 'String' } } }, 'Parameter name P-q is non alphanumeric.'],
  ['an output with an underscore', { Outputs: { O_x: { Value: 'a' } } }, 'Output name O_x is non alphanumeric.'],
  ['an output without a value', { Outputs: { O: {} } }, 'Every Outputs member must contain a Value object'],
  ['an output of a list', { Outputs: { O: { Value: ['a'] } } }, 'Every Value member must be a string.'],
  ['Fn::ForEach', { Resources: { 'Fn::ForEach::X': ['I', ['A'], {}] } }, 'Fn::ForEach (Fn::ForEach::X) is not served by this engine'],
  ['a null', { Resources: { A: topic({ Properties: { TopicName: null } }) } }, '[/Resources/A/Properties/TopicName] \'null\' values are not allowed in templates'],
  ['a reference to nothing', { Resources: { A: topic({ Properties: { TopicName: { Ref: 'X' } } }) } },
    'Template format error: Unresolved resource dependencies [X] in the Resources block of the template'],
  ['DependsOn nothing', { Resources: { A: topic({ DependsOn: ['X', 'Y'] }) } }, 'Unresolved resource dependencies [X, Y] in the Resources block'],
  ['an output of nothing', { Outputs: { O: { Value: { 'Fn::Sub': '${X.Arn}' } } } }, 'Unresolved resource dependencies [X] in the Outputs block'],
  ['a circle', { Resources: { A: topic({ DependsOn: 'B' }), B: topic({ Properties: { TopicName: { Ref: 'A' } } }) } }, 'Circular dependency between resources: [A, B]'],
  ['an unknown attribute', { Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Foo'] } } } }, 'resource A does not support attribute type Foo in Fn::GetAtt'],
  ['an unknown condition', { Resources: { A: topic({ Condition: 'C' }) } }, 'Unresolved condition dependency C in the Resources block of the template'],
  ['a resource in a condition', { Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] } } }, 'Unresolved dependencies [A]. Cannot reference resources in the Conditions block'],
  ['conditions in a circle', { Conditions: { C: { 'Fn::Not': [{ Condition: 'D' }] }, D: { 'Fn::Not': [{ Condition: 'C' }] } } }, 'Circular dependencies for conditions: [C, D]'],
  ['an unknown parameter type', { Parameters: { P: { Type: 'Text' } } }, 'Unrecognized parameter type: Text'],
  ['a macro', { Transform: 'AWS::Serverless-2016-10-31' }, 'Transform AWS::Serverless-2016-10-31 is not served'],
  ['an unknown deletion policy', { Resources: { A: topic({ DeletionPolicy: 'Keep' }) } }, 'Unrecognized DeletionPolicy Keep for resource A'],
  ['a custom type with a long name', { Resources: { A: { Type: `Custom::${'x'.repeat(60)}` } } }, 'Unrecognized resource types'],
  ['501 resources', { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`R${index}`, topic({})])) },
    'Number of resources, 501, is greater than maximum allowed, 500'],
])('fails on %s', (_, parts, message) => {
  expect(() => readTemplate(template(parts))).toThrow(message);
});

test('500 resources are allowed', () => {
  expect(() => readTemplate(template({ Resources: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`R${index}`, topic({})])) }))).not.toThrow();
});
