import { parameterValue, type ParameterInput, type Parameters, resolveParameters } from '../../../local/src/services/cloudformation/template/parameters';
import type { ParameterDeclaration } from '../../../local/src/services/cloudformation/template/template';

const STORE: Record<string, string> = { '/a': 'one', '/list': 'x, y' };

function resolve(declaration: ParameterDeclaration, given: readonly ParameterInput[] = [], previous: Parameters = {}): Promise<Parameters> {
  const readStore = async (names: readonly string[]) => Object.fromEntries(names.filter((name) => name in STORE).map((name) => [name, STORE[name]]));
  return resolveParameters({ P: declaration }, given, previous, readStore);
}

const value = (ParameterValue: string): ParameterInput[] => [{ ParameterKey: 'P', ParameterValue }];

test('given, default, previous', async () => {
  expect((await resolve({ Type: 'String', Default: 5 })).P.value).toBe('5');
  expect((await resolve({ Type: 'String', Default: 5 }, value('given'))).P.value).toBe('given');
  const previous = { P: { value: 'before', noEcho: false } };
  expect((await resolve({ Type: 'String', Default: 5 }, [{ ParameterKey: 'P', UsePreviousValue: true }], previous)).P.value).toBe('before');
  // what is neither given nor taken over goes back to the default
  expect((await resolve({ Type: 'String', Default: 5 }, [], previous)).P.value).toBe('5');
});

test('lists and SSM parameters', async () => {
  const ref = async (declaration: ParameterDeclaration, text: string) => parameterValue(declaration, (await resolve(declaration, value(text))).P);
  await expect(ref({ Type: 'CommaDelimitedList' }, 'a, b')).resolves.toEqual(['a', 'b']);
  await expect(ref({ Type: 'List<Number>' }, '1,2')).resolves.toEqual(['1', '2']);
  await expect(ref({ Type: 'AWS::SSM::Parameter::Value<String>' }, '/a')).resolves.toBe('one');
  await expect(ref({ Type: 'AWS::SSM::Parameter::Value<List<String>>' }, '/list')).resolves.toEqual(['x', 'y']);
  await expect(ref({ Type: 'AWS::SSM::Parameter::Name' }, '/a')).resolves.toBe('/a');
});

test.each<[string, ParameterDeclaration, ParameterInput[], string]>([
  ['no value', { Type: 'String' }, [], 'Parameters: [P] must have values'],
  ['an unknown key', { Type: 'String', Default: '' }, [{ ParameterKey: 'Q', ParameterValue: 'x' }], 'Parameters: [Q] do not exist in the template'],
  ['no previous value', { Type: 'String' }, [{ ParameterKey: 'P', UsePreviousValue: true }], 'Cannot specify usePreviousValue as true for a parameter key not in the previous template'],
  ['a value that is not allowed', { Type: 'String', AllowedValues: ['a', 'b'] }, value('c'), 'Parameter \'P\' must be one of AllowedValues'],
  ['a value off the pattern, which is anchored', { Type: 'String', AllowedPattern: '[a-z]+' }, value('abc1'), 'Parameter \'P\' must match pattern [a-z]+'],
  ['a short value', { Type: 'String', MinLength: 3 }, value('ab'), 'must contain at least 3 characters'],
  ['a long value', { Type: 'String', MaxLength: '3' }, value('abcd'), 'must contain at most 3 characters'],
  ['no number', { Type: 'Number' }, value('x'), 'Parameter \'P\' must be a number'],
  ['a small number', { Type: 'Number', MinValue: 1 }, value('0'), 'must be a number not less than 1'],
  ['a big number', { Type: 'Number', MaxValue: 1 }, value('2'), 'must be a number not greater than 1'],
  ['a described constraint', { Type: 'String', AllowedPattern: 'x', ConstraintDescription: 'must be x' }, value('y'), 'Parameter P failed to satisfy constraint: must be x'],
  ['a missing SSM parameter', { Type: 'AWS::SSM::Parameter::Value<String>' }, value('/b'), 'Unable to fetch parameters [/b] from parameter store for this account.'],
])('fails on %s', async (_, declaration, given, message) => {
  await expect(resolve(declaration, given)).rejects.toThrow(message);
});
