import * as fc from 'fast-check';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const kms = (operation: string, input: object): Promise<any> => engine.core.call('kms', operation, input);
const create = async (): Promise<string> => (await kms('CreateKey', {})).KeyMetadata.KeyId as string;

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

test('what is encrypted is decrypted under the same context only', async () => {
  const KeyId = await create();
  const content = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const context = fc.dictionary(fc.string({ minLength: 1 }), fc.string());
  await fc.assert(fc.asyncProperty(content, context, async (bytes, EncryptionContext) => {
    const Plaintext = Buffer.from(bytes);
    const { CiphertextBlob } = await kms('Encrypt', { KeyId, Plaintext, EncryptionContext });
    expect((await kms('Decrypt', { CiphertextBlob, EncryptionContext })).Plaintext).toEqual(Plaintext);
    expect(await refusal(kms('Decrypt', { CiphertextBlob, EncryptionContext: { ...EncryptionContext, more: 'x' } }))).toBe('InvalidCiphertextException');
  }), { numRuns: 20 });
});

test('a data key is what its ciphertext holds', async () => {
  const KeyId = await create();
  const { Plaintext, CiphertextBlob } = await kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
  expect(Plaintext).toHaveLength(32);
  expect((await kms('Decrypt', { CiphertextBlob })).Plaintext).toEqual(Plaintext);
  const { CiphertextBlob: again } = await kms('ReEncrypt', { CiphertextBlob, DestinationKeyId: await create() });
  expect((await kms('Decrypt', { CiphertextBlob: again })).Plaintext).toEqual(Plaintext);
  expect(await refusal(kms('Decrypt', { CiphertextBlob: again, KeyId }))).toBe('IncorrectKeyException');
  expect(await refusal(kms('GenerateDataKey', { KeyId }))).toBe('ValidationException');
});

test('aliases lead to keys', async () => {
  const TargetKeyId = await create();
  await kms('CreateAlias', { AliasName: 'alias/mine', TargetKeyId });
  expect((await kms('DescribeKey', { KeyId: 'alias/mine' })).KeyMetadata.KeyId).toBe(TargetKeyId);
  expect(await refusal(kms('CreateAlias', { AliasName: 'alias/mine', TargetKeyId }))).toBe('AlreadyExistsException');
  expect(await refusal(kms('CreateAlias', { AliasName: 'alias/aws/mine', TargetKeyId }))).toBe('NotAuthorizedException');
  await kms('DeleteAlias', { AliasName: 'alias/mine' });
  expect(await refusal(kms('DescribeKey', { KeyId: 'alias/mine' }))).toBe('NotFoundException');
  expect((await kms('DescribeKey', { KeyId: 'alias/aws/s3' })).KeyMetadata.KeyManager).toBe('AWS');
});

test('a key that is disabled or to be deleted encrypts nothing, and goes when its window has passed', async () => {
  const KeyId = await create();
  const encrypt = () => refusal(kms('Encrypt', { KeyId, Plaintext: 'x' }));
  await kms('DisableKey', { KeyId });
  expect(await encrypt()).toBe('DisabledException');
  await kms('EnableKey', { KeyId });
  await kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  expect(await encrypt()).toBe('KMSInvalidStateException');
  await kms('CancelKeyDeletion', { KeyId });
  await kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  await engine.core.clock.advance(7 * 86_400_000);
  expect(await refusal(kms('DescribeKey', { KeyId }))).toBe('NotFoundException');
});

test('other kinds of keys are not made', async () => {
  expect(await refusal(kms('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }))).toBe('NotImplemented');
});
