import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;

beforeAll(async () => { engine = await startEngine({ accountId: '111122223333' }); });

afterAll(() => engine.stop());

test('keys of an assumed role call as that role', async () => {
  const { AssumedRoleUser } = await engine.core.call('sts', 'AssumeRole', { RoleArn: 'arn:aws:iam::111122223333:role/path/reader', RoleSessionName: 'me' });
  expect(AssumedRoleUser.Arn).toBe('arn:aws:sts::111122223333:assumed-role/reader/me');
  const caller = { accessKeyId: 'x', arn: AssumedRoleUser.Arn as string };
  expect(await engine.core.call('sts', 'GetCallerIdentity', {}, caller)).toMatchObject({ Account: '111122223333', Arn: caller.arn });
});

test('anybody else is the account', async () => {
  expect(await engine.core.call('sts', 'GetCallerIdentity', {})).toEqual({ UserId: '111122223333', Account: '111122223333', Arn: 'arn:aws:iam::111122223333:root' });
});

test('what is no role cannot be assumed', async () => {
  expect(await refusal(engine.core.call('sts', 'AssumeRole', { RoleArn: 'arn:aws:iam::111122223333:user/u', RoleSessionName: 'me' }))).toBe('ValidationError');
});
