import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const iam = (operation: string, input: object): Promise<any> => engine.core.call('iam', operation, input);

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
const RIGHTS = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] });

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

test('a role is created, described and deleted once it is bare', async () => {
  const { Role } = await iam('CreateRole', { RoleName: 'Worker', Path: '/team/', AssumeRolePolicyDocument: TRUST, Tags: [{ Key: 'a', Value: 'b' }] });
  expect(Role).toMatchObject({ Arn: 'arn:aws:iam::123456789012:role/team/Worker', RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) });
  expect(decodeURIComponent(Role.AssumeRolePolicyDocument as string)).toBe(TRUST);
  expect(await refusal(iam('CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST }))).toBe('EntityAlreadyExists');
  await iam('PutRolePolicy', { RoleName: 'Worker', PolicyName: 'inline', PolicyDocument: RIGHTS });
  await iam('AttachRolePolicy', { RoleName: 'Worker', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  expect((await iam('ListAttachedRolePolicies', { RoleName: 'Worker' })).AttachedPolicies).toEqual([{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }]);
  expect(await refusal(iam('DeleteRole', { RoleName: 'Worker' }))).toBe('DeleteConflict');
  await iam('DetachRolePolicy', { RoleName: 'Worker', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  expect(await refusal(iam('DeleteRole', { RoleName: 'Worker' }))).toBe('DeleteConflict');
  await iam('DeleteRolePolicy', { RoleName: 'Worker', PolicyName: 'inline' });
  await iam('DeleteRole', { RoleName: 'Worker' });
  expect(await refusal(iam('GetRole', { RoleName: 'Worker' }))).toBe('NoSuchEntity');
});

test.each([
  ['no JSON', '{', 'MalformedPolicyDocument'],
  ['no statement', '{}', 'MalformedPolicyDocument'],
  ['a right without resource', JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*' } }), 'MalformedPolicyDocument'],
  ['a trust policy in a right\'s place', TRUST, 'MalformedPolicyDocument'],
])('%s is no policy', async (_, PolicyDocument, code) => {
  expect(await refusal(iam('CreatePolicy', { PolicyName: 'bad', PolicyDocument }))).toBe(code);
});

test('a managed policy has versions, and stays while it is attached', async () => {
  const { Policy } = await iam('CreatePolicy', { PolicyName: 'managed', PolicyDocument: RIGHTS });
  const PolicyArn = Policy.Arn as string;
  await iam('CreateRole', { RoleName: 'attached', AssumeRolePolicyDocument: TRUST });
  await iam('AttachRolePolicy', { RoleName: 'attached', PolicyArn });
  expect((await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument: RIGHTS, SetAsDefault: true })).PolicyVersion.VersionId).toBe('v2');
  expect(await refusal(iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' }))).toBe('DeleteConflict');
  await iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' });
  expect(await refusal(iam('DeletePolicy', { PolicyArn }))).toBe('DeleteConflict');
  expect((await iam('GetPolicy', { PolicyArn })).Policy).toMatchObject({ AttachmentCount: 1, DefaultVersionId: 'v2' });
  await iam('DetachRolePolicy', { RoleName: 'attached', PolicyArn });
  await iam('DeletePolicy', { PolicyArn });
  expect(await refusal(iam('AttachRolePolicy', { RoleName: 'attached', PolicyArn }))).toBe('NoSuchEntity');
});
