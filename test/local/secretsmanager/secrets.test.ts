import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const secrets = (operation: string, input: object): Promise<any> => engine.core.call('secretsmanager', operation, input);
const value = async (input: object): Promise<string> => (await secrets('GetSecretValue', input)).SecretString as string;

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

test('the newest value is current, the one before previous', async () => {
  const { ARN } = await secrets('CreateSecret', { Name: 'token', SecretString: '1' });
  expect(ARN).toMatch(/:secret:token-[0-9a-f]{6}$/);
  expect(await refusal(secrets('CreateSecret', { Name: 'token' }))).toBe('ResourceExistsException');
  await secrets('PutSecretValue', { SecretId: 'token', SecretString: '2' });
  await secrets('UpdateSecret', { SecretId: ARN, SecretString: '3', Description: 'd' });
  expect(await value({ SecretId: ARN.slice(0, -7) })).toBe('3');
  expect(await value({ SecretId: 'token', VersionStage: 'AWSPREVIOUS' })).toBe('2');
  expect((await secrets('ListSecretVersionIds', { SecretId: 'token' })).Versions).toHaveLength(2);
  expect((await secrets('DescribeSecret', { SecretId: 'token' })).Description).toBe('d');
});

test('a token says the same thing twice, not two things', async () => {
  const ClientRequestToken = 'a'.repeat(32);
  await secrets('CreateSecret', { Name: 'idempotent' });
  const put = (SecretString: string) => secrets('PutSecretValue', { SecretId: 'idempotent', ClientRequestToken, SecretString });
  expect((await put('1')).VersionId).toBe((await put('1')).VersionId);
  expect(await refusal(put('2'))).toBe('ResourceExistsException');
});

test('a deleted secret can be restored until its window has passed', async () => {
  await secrets('CreateSecret', { Name: 'deleted', SecretString: 'x' });
  await secrets('DeleteSecret', { SecretId: 'deleted', RecoveryWindowInDays: 7 });
  expect(await refusal(value({ SecretId: 'deleted' }))).toBe('InvalidRequestException');
  expect(await refusal(secrets('CreateSecret', { Name: 'deleted' }))).toBe('InvalidRequestException');
  await secrets('RestoreSecret', { SecretId: 'deleted' });
  expect(await value({ SecretId: 'deleted' })).toBe('x');
  await secrets('DeleteSecret', { SecretId: 'deleted', RecoveryWindowInDays: 7 });
  await engine.core.clock.advance(7 * 86_400_000);
  expect(await refusal(value({ SecretId: 'deleted' }))).toBe('ResourceNotFoundException');
});

test('passwords obey', async () => {
  const { RandomPassword } = await secrets('GetRandomPassword', { PasswordLength: 12, ExcludePunctuation: true, ExcludeCharacters: 'abc' });
  expect(RandomPassword).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Zd-z\d]{12}$/);
  expect(await refusal(secrets('GetRandomPassword', { PasswordLength: 1 }))).toBe('InvalidParameterException');
});
