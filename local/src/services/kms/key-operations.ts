import type { Key, KeyStore } from './key-store';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { type Operation, ServiceError } from '../../core/service';
import { mergeTags, withoutTags } from '../../core/tags';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const DAY = 86_400_000;
const POLICY_NAME = 'default';

export function keyOperations(core: EngineCore, store: KeyStore): Record<string, Operation> {
  /** Changes one key and answers nothing. */
  const change = (action: (key: Key, input: Input) => void): Operation => (input: Input) => {
    const key = store.find(input.KeyId);
    if (key.manager === 'AWS') throw new ServiceError('AccessDeniedException', `${key.arn} is managed by AWS`);
    action(key, input);
    return {};
  };
  const notPending = (key: Key): void => {
    if (key.state === 'PendingDeletion') throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  };

  return {
    CreateKey: (input: Input) => ({ KeyMetadata: metadata(core, createKey(store, input)) }),
    DescribeKey: ({ KeyId }: Input) => ({ KeyMetadata: metadata(core, store.find(KeyId)) }),
    ListKeys: ({ Limit = 100, Marker }: Input) => {
      const { items, nextToken } = pageOf([...store.keys.values()], Marker, Limit, badMarker);
      return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), NextMarker: nextToken, Truncated: nextToken !== undefined };
    },
    EnableKey: change((key) => { notPending(key); key.state = 'Enabled'; }),
    DisableKey: change((key) => { notPending(key); key.state = 'Disabled'; }),
    EnableKeyRotation: change((key) => { notPending(key); key.rotation = true; }),
    DisableKeyRotation: change((key) => { notPending(key); key.rotation = false; }),
    GetKeyRotationStatus: ({ KeyId }: Input) => {
      const { rotation, arn } = store.find(KeyId);
      return { KeyRotationEnabled: rotation, KeyId: arn, ...(rotation && { RotationPeriodInDays: 365 }) };
    },
    UpdateKeyDescription: change((key, { Description }) => { key.description = Description; }),
    GetKeyPolicy: ({ KeyId }: Input) => ({ Policy: store.find(KeyId).policy, PolicyName: POLICY_NAME }),
    PutKeyPolicy: change((key, { Policy }) => { key.policy = checkedPolicy(Policy); }),
    ListKeyPolicies: ({ KeyId }: Input) => {
      store.find(KeyId);
      return { PolicyNames: [POLICY_NAME], Truncated: false };
    },
    ScheduleKeyDeletion: ({ KeyId, PendingWindowInDays = 30 }: Input) => scheduleDeletion(core, store, store.find(KeyId), PendingWindowInDays),
    CancelKeyDeletion: ({ KeyId }: Input) => {
      const key = store.find(KeyId);
      if (key.state !== 'PendingDeletion') throw new ServiceError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
      key.deletion?.event.cancel();
      key.deletion = undefined;
      key.state = 'Disabled';
      return { KeyId: key.arn };
    },
    TagResource: change((key, { Tags }) => {
      key.tags = mergeTags(key.tags, Tags.map(({ TagKey, TagValue }: Input) => ({ Key: TagKey, Value: TagValue })));
    }),
    UntagResource: change((key, { TagKeys }) => { key.tags = withoutTags(key.tags, TagKeys); }),
    ListResourceTags: ({ KeyId }: Input) => ({
      Tags: store.find(KeyId).tags.map(({ Key: TagKey, Value: TagValue }) => ({ TagKey, TagValue })), Truncated: false,
    }),
  };
}

function createKey(store: KeyStore, input: Input): Key {
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  const usage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
  if (spec !== 'SYMMETRIC_DEFAULT' || usage !== 'ENCRYPT_DECRYPT' || (input.Origin ?? 'AWS_KMS') !== 'AWS_KMS') {
    throw new ServiceError('NotImplemented', `the local engine makes symmetric encryption keys only, not ${spec} for ${usage}`, 501);
  }
  return store.add({
    description: input.Description ?? '',
    tags: (input.Tags ?? []).map(({ TagKey, TagValue }: Input) => ({ Key: TagKey, Value: TagValue })),
    manager: 'CUSTOMER',
    multiRegion: input.MultiRegion ?? false,
    policy: input.Policy === undefined ? undefined : checkedPolicy(input.Policy),
  });
}

function checkedPolicy(policy: string): string {
  try {
    JSON.parse(policy);
    return policy;
  } catch {
    throw new ServiceError('MalformedPolicyDocumentException', 'The new key policy is not valid JSON.');
  }
}

function scheduleDeletion(core: EngineCore, store: KeyStore, key: Key, days: number): object {
  if (key.manager === 'AWS') throw new ServiceError('AccessDeniedException', `${key.arn} is managed by AWS`);
  if (key.state === 'PendingDeletion') throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  const date = core.clock.now() + days * DAY;
  const event = core.clock.schedule(days * DAY, 'tick', `deletion of the key ${key.id}`, () => store.remove(key));
  key.state = 'PendingDeletion';
  key.deletion = { date, event };
  return { KeyId: key.arn, DeletionDate: new Date(date), KeyState: key.state, PendingWindowInDays: days };
}

function metadata(core: EngineCore, key: Key): object {
  return {
    AWSAccountId: core.settings.accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.created),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    DeletionDate: key.deletion && new Date(key.deletion.date),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: key.multiRegion,
  };
}

export function badMarker(): ServiceError {
  return new ServiceError('InvalidMarkerException', 'Could not deserialize marker');
}
