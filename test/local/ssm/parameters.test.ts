import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const ssm = (operation: string, input: object): Promise<any> => engine.core.call('ssm', operation, input);
const put = (Name: string, Value: string, options: object = {}) => ssm('PutParameter', { Name, Value, Type: 'String', ...options });

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

test('a parameter is put, overwritten and read by version', async () => {
  expect(await put('/app/nonce', '1')).toEqual({ Version: 1, Tier: 'Standard' });
  expect(await refusal(put('/app/nonce', '2'))).toBe('ParameterAlreadyExists');
  expect(await ssm('PutParameter', { Name: '/app/nonce', Value: '2', Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' });
  const { Parameter } = await ssm('GetParameter', { Name: '/app/nonce' });
  expect(Parameter).toMatchObject({ Value: '2', Type: 'String', Version: 2, ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/app/nonce' });
  expect((await ssm('GetParameter', { Name: '/app/nonce:1' })).Parameter.Value).toBe('1');
  expect((await ssm('GetParameter', { Name: Parameter.ARN })).Parameter.Value).toBe('2');
  expect(await refusal(ssm('GetParameter', { Name: '/app/nonce:9' }))).toBe('ParameterVersionNotFound');
  expect((await ssm('GetParameterHistory', { Name: '/app/nonce' })).Parameters.map(({ Value }: { Value: string }) => Value)).toEqual(['1', '2']);
});

test('a SecureString shows its value only decrypted', async () => {
  const secret = 's'.repeat(4096);
  await put('secret', secret, { Type: 'SecureString' });
  const { Parameter } = await ssm('GetParameter', { Name: 'secret' });
  expect(Parameter.Value).not.toContain('sss');
  expect((await ssm('GetParameter', { Name: 'secret', WithDecryption: true })).Parameter.Value).toBe(secret);
  const { Plaintext } = await engine.core.call('kms', 'Decrypt', { CiphertextBlob: Buffer.from(Parameter.Value as string, 'base64') });
  expect(String(Plaintext)).toBe(secret);
});

test.each<[string, string, object, string]>([
  ['no/slash', 'x', {}, 'ValidationException'],
  ['/aws/x', 'x', {}, 'AccessDeniedException'],
  ['ssm-x', 'x', {}, 'ValidationException'],
  [`/${'a/'.repeat(16)}a`, 'x', {}, 'HierarchyLevelLimitExceededException'],
  ['untyped', 'x', { Type: undefined }, 'ValidationException'],
  ['long', 'x'.repeat(4097), {}, 'ValidationException'],
  ['pattern', 'x', { AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException'],
  ['key', 'x', { Type: 'SecureString', KeyId: 'alias/none' }, 'InvalidKeyId'],
])('%s is refused with %4$s', async (name, value, options, code) => {
  expect(await refusal(put(name, value, options))).toBe(code);
});

test('paths, filters and pages', async () => {
  for (const name of ['/tree/a', '/tree/b', '/tree/b/c']) await put(name, name, { Tags: [{ Key: 'leaf', Value: name }] });
  const names = (answer: { Parameters: Array<{ Name: string }> }) => answer.Parameters.map(({ Name }) => Name);
  expect(names(await ssm('GetParametersByPath', { Path: '/tree' }))).toEqual(['/tree/a', '/tree/b']);
  expect(names(await ssm('GetParametersByPath', { Path: '/tree/', Recursive: true }))).toEqual(['/tree/a', '/tree/b', '/tree/b/c']);
  expect(names(await ssm('DescribeParameters', { ParameterFilters: [{ Key: 'tag:leaf', Values: ['/tree/b'] }] }))).toEqual(['/tree/b']);
  expect(names(await ssm('DescribeParameters', { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/tree/b'] }] }))).toEqual(['/tree/b', '/tree/b/c']);
  const first = await ssm('GetParametersByPath', { Path: '/tree', Recursive: true, MaxResults: 2 });
  expect(names(await ssm('GetParametersByPath', { Path: '/tree', Recursive: true, MaxResults: 2, NextToken: first.NextToken }))).toEqual(['/tree/b/c']);
  expect(await refusal(ssm('GetParametersByPath', { Path: '/tree', NextToken: 'x' }))).toBe('InvalidNextToken');
});

test('several at once, the absent ones named', async () => {
  await put('one', '1');
  expect(await ssm('GetParameters', { Names: ['one', 'none'] })).toMatchObject({ Parameters: [{ Name: 'one' }], InvalidParameters: ['none'] });
  expect(await ssm('DeleteParameters', { Names: ['one', 'none'] })).toEqual({ DeletedParameters: ['one'], InvalidParameters: ['none'] });
  expect(await refusal(ssm('DeleteParameter', { Name: 'one' }))).toBe('ParameterNotFound');
});

test('tags come and go', async () => {
  await put('tagged', 'x');
  const resource = { ResourceType: 'Parameter', ResourceId: 'tagged' };
  await ssm('AddTagsToResource', { ...resource, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }] });
  await ssm('AddTagsToResource', { ...resource, Tags: [{ Key: 'a', Value: '2' }] });
  await ssm('RemoveTagsFromResource', { ...resource, TagKeys: ['b'] });
  expect((await ssm('ListTagsForResource', resource)).TagList).toEqual([{ Key: 'a', Value: '2' }]);
});
