import { type Call, changed, defined, document, pick, type SimulatedResource, tagsOf, unlessGone, updateTags } from './provider';
import type { Json } from '../template/template';

export function securityResources(call: Call): SimulatedResource[] {
  return [key(call), keyAlias(call), secret(call)];
}

function key(call: Call): SimulatedResource {
  const kms = (operation: string, input: Json) => call('kms', operation, input);
  const kmsTags = (properties: Json) => tagsOf(properties).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
  const rotation = async (KeyId: string, { EnableKeyRotation, RotationPeriodInDays }: Json, before: Json) => {
    if (EnableKeyRotation === true) {
      await kms('EnableKeyRotation', defined({ KeyId, RotationPeriodInDays }));
    } else if (before.EnableKeyRotation === true) {
      await kms('DisableKeyRotation', { KeyId });
    }
  };
  const enabled = async (KeyId: string, { Enabled = true }: Json, before: Json) => {
    if (Enabled !== (before.Enabled ?? true)) {
      await kms(Enabled ? 'EnableKey' : 'DisableKey', { KeyId });
    }
  };
  const result = async (KeyId: string) => {
    const { KeyMetadata } = await kms('DescribeKey', { KeyId });
    return { physicalId: KeyId, attributes: { KeyId, Arn: KeyMetadata.Arn } };
  };
  return {
    type: 'AWS::KMS::Key',
    properties: ['BypassPolicyLockoutSafetyCheck', 'Description', 'EnableKeyRotation', 'Enabled', 'KeyPolicy', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin', 'PendingWindowInDays',
      'RotationPeriodInDays', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const { KeyMetadata } = await kms('CreateKey', defined({
        ...pick(properties, ['BypassPolicyLockoutSafetyCheck', 'Description', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin']),
        Policy: document(properties.KeyPolicy),
        Tags: kmsTags(properties),
      }));
      request.initiated(KeyMetadata.KeyId);
      await rotation(KeyMetadata.KeyId, properties, {});
      await enabled(KeyMetadata.KeyId, properties, {});
      return result(KeyMetadata.KeyId);
    },
    update: async ({ properties }, { physicalId: KeyId, properties: before }) => {
      if (changed(before, properties, ['KeyPolicy'])) {
        await kms('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: document(properties.KeyPolicy) });
      }
      if (changed(before, properties, ['Description'])) {
        await kms('UpdateKeyDescription', { KeyId, Description: properties.Description ?? '' });
      }
      if (changed(before, properties, ['EnableKeyRotation', 'RotationPeriodInDays'])) {
        await rotation(KeyId, properties, before);
      }
      await enabled(KeyId, properties, before);
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (tags) => kms('TagResource', { KeyId, Tags: kmsTags({ Tags: tags }) }),
        remove: (TagKeys) => kms('UntagResource', { KeyId, TagKeys }),
      });
      return result(KeyId);
    },
    delete: ({ properties }, KeyId) => unlessGone(
      kms('ScheduleKeyDeletion', defined({ KeyId, PendingWindowInDays: properties.PendingWindowInDays })), 'NotFoundException', 'KMSInvalidStateException'),
  };
}

function keyAlias(call: Call): SimulatedResource {
  return {
    type: 'AWS::KMS::Alias',
    properties: ['AliasName', 'TargetKeyId'],
    create: async ({ properties: { AliasName, TargetKeyId } }) => {
      await call('kms', 'CreateAlias', { AliasName, TargetKeyId });
      return { physicalId: AliasName as string };
    },
    update: async ({ properties: { TargetKeyId } }, { physicalId }) => {
      await call('kms', 'UpdateAlias', { AliasName: physicalId, TargetKeyId });
      return { physicalId };
    },
    delete: (_, AliasName) => unlessGone(call('kms', 'DeleteAlias', { AliasName }), 'NotFoundException'),
  };
}

function secret(call: Call): SimulatedResource {
  const secrets = (operation: string, input: Json) => call('secretsmanager', operation, input);
  const value = async ({ SecretString, GenerateSecretString }: Json): Promise<Json> => (
    GenerateSecretString === undefined ? defined({ SecretString }) : { SecretString: await generated(GenerateSecretString as Json) });
  const generated = async ({ SecretStringTemplate, GenerateStringKey, ...settings }: Json): Promise<string> => {
    const { RandomPassword } = await secrets('GetRandomPassword', settings);
    return SecretStringTemplate === undefined
      ? RandomPassword
      : JSON.stringify({ ...JSON.parse(String(SecretStringTemplate)) as Json, [String(GenerateStringKey)]: RandomPassword });
  };
  return {
    type: 'AWS::SecretsManager::Secret',
    properties: ['Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const { ARN } = await secrets('CreateSecret', {
        ...pick(properties, ['Description', 'KmsKeyId']), Name: properties.Name ?? request.generatedName(400), Tags: tagsOf(properties), ...await value(properties),
      });
      return { physicalId: ARN, attributes: { Id: ARN } };
    },
    update: async ({ properties }, { physicalId: SecretId, properties: before }) => {
      const renewed = changed(before, properties, ['SecretString', 'GenerateSecretString']) ? await value(properties) : {};
      await secrets('UpdateSecret', { SecretId, ...pick(properties, ['Description', 'KmsKeyId']), ...renewed });
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => secrets('TagResource', { SecretId, Tags }),
        remove: (TagKeys) => secrets('UntagResource', { SecretId, TagKeys }),
      });
      return { physicalId: SecretId, attributes: { Id: SecretId } };
    },
    delete: (_, SecretId) => unlessGone(secrets('DeleteSecret', { SecretId, ForceDeleteWithoutRecovery: true }), 'ResourceNotFoundException'),
  };
}
