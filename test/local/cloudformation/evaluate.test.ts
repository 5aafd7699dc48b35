import { Conditions } from '../../../local/src/services/cloudformation/template/conditions';
import { evaluate, NO_VALUE, type Surroundings } from '../../../local/src/services/cloudformation/template/evaluate';

const NAMES: Record<string, unknown> = { 'AWS::Region': 'us-east-1', 'AWS::NoValue': NO_VALUE, 'Name': 'n', 'List': ['a', 'b'] };

function surroundings(overrides: Partial<Surroundings> = {}): Surroundings {
  const own: Surroundings = {
    conditions: new Conditions({ Yes: { 'Fn::Equals': ['1', 1] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } }, async (value) => evaluate(value, own)),
    mappings: { M: { 'us-east-1': { size: 'big' } } },
    transforms: [],
    ref: (name) => NAMES[name],
    getAtt: (name, attribute) => `${name}/${attribute}`,
    importValue: (name) => `imported ${name}`,
    availabilityZones: (region) => [`${region}a`, `${region}b`],
    dynamic: async (service, reference) => `<${service} ${reference}>`,
    ...overrides,
  };
  return own;
}

test.each<[string, unknown, unknown]>([
  ['Ref', { Ref: 'Name' }, 'n'],
  ['Ref to a list', { Ref: 'List' }, ['a', 'b']],
  ['GetAtt', { 'Fn::GetAtt': ['X', 'Arn'] }, 'X/Arn'],
  ['GetAtt as text with a path', { 'Fn::GetAtt': 'X.Outputs.A' }, 'X/Outputs.A'],
  ['Sub', { 'Fn::Sub': '${Name}-${X.Arn}-${!Literal}-${AWS::Region}' }, 'n-X/Arn-${Literal}-us-east-1'],
  ['Sub with own variables', { 'Fn::Sub': ['${Name}${Own}', { Own: { Ref: 'Name' }, Name: 'mine' }] }, 'minen'],
  ['Join', { 'Fn::Join': ['-', ['x', { Ref: 'Name' }, 5]] }, 'x-n-5'],
  ['Join of a list', { 'Fn::Join': [',', { Ref: 'List' }] }, 'a,b'],
  ['Join leaves AWS::NoValue out', { 'Fn::Join': ['-', ['x', { Ref: 'AWS::NoValue' }, 'y']] }, 'x-y'],
  ['Select', { 'Fn::Select': ['1', { Ref: 'List' }] }, 'b'],
  ['Split', { 'Fn::Split': ['-', 'a-b'] }, ['a', 'b']],
  ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'size'] }, 'big'],
  ['If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
  ['If, other side', { 'Fn::If': ['No', 'then', 'else'] }, 'else'],
  ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}:x' } }, 'imported n:x'],
  ['Base64', { 'Fn::Base64': 'ä' }, 'w6Q='],
  ['GetAZs of the stack\'s region', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b']],
  ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
  ['AWS::NoValue takes the property away', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  ['dynamic references within text', { a: 'x{{resolve:ssm:/p:1}}y' }, { a: 'x<ssm /p:1>y' }],
  ['a Condition block of a policy is no function', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
])('%s', async (_, value, expected) => {
  await expect(evaluate(value, surroundings())).resolves.toEqual(expected);
});

test.each<[string, unknown, string]>([
  ['Select beyond the end', { 'Fn::Select': [2, ['a']] }, 'Fn::Select cannot select nonexistent value at index 2'],
  ['Join without a list', { 'Fn::Join': ['-', 'x'] }, 'every Fn::Join object requires two parameters'],
  ['a missing mapping', { 'Fn::FindInMap': ['M', 'eu', 'size'] }, 'Unable to get mapping for M::eu::size'],
  ['an unknown function', { 'Fn::Foo': 1 }, 'encountered unsupported function: Fn::Foo'],
  ['an unknown name', { Ref: 'Nobody' }, 'Unresolved resource dependencies [Nobody]'],
  ['a list in Sub', { 'Fn::Sub': '${List}' }, 'Fn::Sub expression does not resolve to a string'],
  ['Cidr without room', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'no room'],
  ['ToJsonString without its transform', { 'Fn::ToJsonString': {} }, 'only available with "Transform": "AWS::LanguageExtensions"'],
])('fails on %s', async (_, value, message) => {
  await expect(evaluate(value, surroundings())).rejects.toThrow(message);
});

test('language extensions work where the template declares them', async () => {
  const extended = surroundings({ transforms: ['AWS::LanguageExtensions'] });
  await expect(evaluate({ 'Fn::ToJsonString': { a: { Ref: 'Name' } } }, extended)).resolves.toBe('{"a":"n"}');
  await expect(evaluate({ 'Fn::Length': { Ref: 'List' } }, extended)).resolves.toBe(2);
  await expect(evaluate({ 'Fn::FindInMap': ['M', 'eu', 'size', { DefaultValue: 'small' }] }, extended)).resolves.toBe('small');
});

test('conditions combine', async () => {
  const { conditions } = surroundings();
  await expect(conditions.evaluate({ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] })).resolves.toBe(true);
  await expect(conditions.evaluate({ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] })).resolves.toBe(false);
  await expect(conditions.evaluate({ 'Fn::And': [true] })).rejects.toThrow('every Fn::And object requires a list of 2 to 10');
});
