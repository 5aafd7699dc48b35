import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
let UserPoolId: string;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const cognito = (operation: string, input: object): Promise<any> => engine.core.call('cognito-idp', operation, input);

beforeAll(async () => {
  engine = await startEngine();
  UserPoolId = (await cognito('CreateUserPool', { PoolName: 'workers', UserPoolTags: { a: 'b' } })).UserPool.Id;
});

afterAll(() => engine.stop());

test('a pool is described, updated and listed', async () => {
  await cognito('UpdateUserPool', { UserPoolId, MfaConfiguration: 'OPTIONAL' });
  expect((await cognito('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject({
    Id: expect.stringMatching(/^us-east-1_\w+$/), Name: 'workers', MfaConfiguration: 'OPTIONAL', UserPoolTags: { a: 'b' },
    Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`,
  });
  expect((await cognito('ListUserPools', { MaxResults: 10 })).UserPools).toHaveLength(1);
  expect(await refusal(cognito('DescribeUserPool', { UserPoolId: 'us-east-1_none' }))).toBe('ResourceNotFoundException');
});

test('clients may have secrets', async () => {
  const { UserPoolClient } = await cognito('CreateUserPoolClient', { UserPoolId, ClientName: 'c', GenerateSecret: true });
  const { ClientId, ClientSecret } = UserPoolClient;
  expect(ClientSecret).toHaveLength(52);
  await cognito('UpdateUserPoolClient', { UserPoolId, ClientId, ClientName: 'renamed' });
  expect((await cognito('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient).toMatchObject({ ClientName: 'renamed', ClientSecret });
  await cognito('DeleteUserPoolClient', { UserPoolId, ClientId });
  expect(await refusal(cognito('DescribeUserPoolClient', { UserPoolId, ClientId }))).toBe('ResourceNotFoundException');
});

test('groups have users', async () => {
  await cognito('CreateGroup', { UserPoolId, GroupName: 'g' });
  expect(await refusal(cognito('CreateGroup', { UserPoolId, GroupName: 'g' }))).toBe('GroupExistsException');
  await cognito('AdminCreateUser', { UserPoolId, Username: 'ann', UserAttributes: [{ Name: 'email', Value: 'a@example.com' }] });
  expect(await refusal(cognito('AdminCreateUser', { UserPoolId, Username: 'ann' }))).toBe('UsernameExistsException');
  await cognito('AdminAddUserToGroup', { UserPoolId, Username: 'ann', GroupName: 'g' });
  expect((await cognito('ListUsersInGroup', { UserPoolId, GroupName: 'g' })).Users).toMatchObject([{ Username: 'ann' }]);
  await cognito('DeleteGroup', { UserPoolId, GroupName: 'g' });
  expect((await cognito('AdminListGroupsForUser', { UserPoolId, Username: 'ann' })).Groups).toEqual([]);
  expect(await refusal(cognito('AdminGetUser', { UserPoolId, Username: 'bob' }))).toBe('UserNotFoundException');
});

test('a domain belongs to one pool and goes before it', async () => {
  await cognito('CreateUserPoolDomain', { UserPoolId, Domain: 'workers' });
  const other = (await cognito('CreateUserPool', { PoolName: 'other' })).UserPool.Id as string;
  expect(await refusal(cognito('CreateUserPoolDomain', { UserPoolId: other, Domain: 'workers' }))).toBe('InvalidParameterException');
  expect((await cognito('DescribeUserPoolDomain', { Domain: 'workers' })).DomainDescription).toMatchObject({ UserPoolId, Status: 'ACTIVE' });
  expect((await cognito('DescribeUserPoolDomain', { Domain: 'nobodys' })).DomainDescription).toEqual({});
  expect(await refusal(cognito('DeleteUserPool', { UserPoolId }))).toBe('InvalidParameterException');
  await cognito('DeleteUserPoolDomain', { UserPoolId, Domain: 'workers' });
  await cognito('DeleteUserPool', { UserPoolId });
  expect(await refusal(cognito('DescribeUserPool', { UserPoolId }))).toBe('ResourceNotFoundException');
});
