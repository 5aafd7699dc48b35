import { randomPassword } from './password';
import { addVersion, CURRENT, type Secret, SecretStore, type SecretVersion } from './secret-store';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { type Service, ServiceError } from '../../core/service';
import { mergeTags, withoutTags } from '../../core/tags';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const DAY = 86_400_000;

/** AWS Secrets Manager: secrets with versions and stages; nothing rotates. */
export function createSecretsManager(core: EngineCore): Service {
  const store = new SecretStore(core);

  /** Stores a value; the same token with the same value again is the same version. */
  function putValue(secret: Secret, { ClientRequestToken, SecretString, SecretBinary, VersionStages = [CURRENT] }: Input): SecretVersion {
    if (SecretString !== undefined && SecretBinary !== undefined) {
      throw new ServiceError('InvalidParameterException', 'You can\'t specify both a binary secret value and a string secret value in the same secret.');
    }
    const present = secret.versions.get(ClientRequestToken);
    if (present) {
      const isSame = present.string === SecretString && (present.binary?.equals(SecretBinary ?? Buffer.alloc(0)) ?? SecretBinary === undefined);
      if (!isSame) throw new ServiceError('ResourceExistsException', `You can't use ClientRequestToken ${ClientRequestToken} because that value is already in use for a version of secret ${secret.arn}.`);
      return present;
    }
    const stages = new Set<string>(VersionStages);
    const version = { id: ClientRequestToken, string: SecretString, binary: SecretBinary, created: core.clock.now(), stages };
    addVersion(secret, version);
    return version;
  }

  function hasValue(input: Input): boolean {
    return input.SecretString !== undefined || input.SecretBinary !== undefined;
  }

  function versionOf(secret: Secret, { VersionId, VersionStage }: Input): SecretVersion {
    const stage = (VersionStage ?? (VersionId === undefined ? CURRENT : undefined)) as string | undefined;
    const found = [...secret.versions.values()].find(({ id, stages }) =>
      (VersionId === undefined || id === VersionId) && (stage === undefined || stages.has(stage)));
    if (!found) {
      throw new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${VersionId ? `VersionId: ${VersionId}` : `staging label: ${stage}`}`);
    }
    return found;
  }

  function update(input: Input): object {
    const secret = store.find(input.SecretId);
    secret.description = input.Description ?? secret.description;
    secret.kmsKeyId = input.KmsKeyId ?? secret.kmsKeyId;
    secret.changed = core.clock.now();
    return { ARN: secret.arn, Name: secret.name, ...(hasValue(input) && { VersionId: putValue(secret, input).id }) };
  }

  function deleteSecret({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }: Input): object {
    if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) {
      throw new ServiceError('InvalidParameterException', 'You can\'t use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.');
    }
    const secret = store.find(SecretId);
    const now = core.clock.now();
    const purge = now + (RecoveryWindowInDays ?? 30) * DAY;
    if (ForceDeleteWithoutRecovery) store.remove(secret);
    else secret.deleted = { date: now, purge };
    return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(ForceDeleteWithoutRecovery ? now : purge) };
  }

  function describe(secret: Secret): Record<string, unknown> {
    return {
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      KmsKeyId: secret.kmsKeyId,
      LastChangedDate: new Date(secret.changed),
      CreatedDate: new Date(secret.created),
      DeletedDate: secret.deleted && new Date(secret.deleted.date),
      Tags: secret.tags.length > 0 ? secret.tags : undefined,
    };
  }

  function stagesOf(secret: Secret): Record<string, string[]> {
    return Object.fromEntries([...secret.versions.values()].map(({ id, stages }) => [id, [...stages]]));
  }

  return {
    name: 'secretsmanager',
    operations: {
      CreateSecret: (input: Input) => {
        const secret = store.add(input.Name);
        Object.assign(secret, { description: input.Description, kmsKeyId: input.KmsKeyId, tags: input.Tags ?? [] });
        return { ARN: secret.arn, Name: secret.name, ...(hasValue(input) && { VersionId: putValue(secret, input).id }) };
      },
      DescribeSecret: ({ SecretId }: Input) => {
        const secret = store.find(SecretId, true);
        return { ...describe(secret), VersionIdsToStages: stagesOf(secret) };
      },
      GetSecretValue: (input: Input) => {
        const secret = store.find(input.SecretId);
        const { id, string, binary, stages, created } = versionOf(secret, input);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: id,
          SecretString: string,
          SecretBinary: binary,
          VersionStages: [...stages],
          CreatedDate: new Date(created),
        };
      },
      PutSecretValue: (input: Input) => {
        const secret = store.find(input.SecretId);
        if (!hasValue(input)) throw new ServiceError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
        const { id, stages } = putValue(secret, input);
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: [...stages] };
      },
      UpdateSecret: update,
      DeleteSecret: deleteSecret,
      RestoreSecret: ({ SecretId }: Input) => {
        const secret = store.find(SecretId, true);
        secret.deleted = undefined;
        return { ARN: secret.arn, Name: secret.name };
      },
      ListSecrets: ({ MaxResults = 100, NextToken, IncludePlannedDeletion = false, Filters }: Input) => {
        if (Filters?.length > 0) throw new ServiceError('NotImplemented', 'the local engine does not serve filters of secretsmanager:ListSecrets', 501);
        const { items, nextToken } = pageOf(store.all().filter(({ deleted }) => IncludePlannedDeletion || !deleted), NextToken, MaxResults, badToken);
        return { SecretList: items.map((secret) => ({ ...describe(secret), SecretVersionsToStages: stagesOf(secret) })), NextToken: nextToken };
      },
      ListSecretVersionIds: ({ SecretId, MaxResults = 100, NextToken }: Input) => {
        const secret = store.find(SecretId);
        const { items, nextToken } = pageOf([...secret.versions.values()], NextToken, MaxResults, badToken);
        return {
          ARN: secret.arn,
          Name: secret.name,
          NextToken: nextToken,
          Versions: items.map(({ id, stages, created }) => ({ VersionId: id, VersionStages: [...stages], CreatedDate: new Date(created) })),
        };
      },
      GetRandomPassword: (input: Input) => ({ RandomPassword: randomPassword(() => store.randomNumber(), input) }),
      TagResource: ({ SecretId, Tags }: Input) => {
        const secret = store.find(SecretId);
        secret.tags = mergeTags(secret.tags, Tags);
        return {};
      },
      UntagResource: ({ SecretId, TagKeys }: Input) => {
        const secret = store.find(SecretId);
        secret.tags = withoutTags(secret.tags, TagKeys);
        return {};
      },
    },
    simplified: {
      CreateSecret: 'Secrets are not encrypted, not replicated and not rotated.',
      ListSecrets: 'Filters are refused.',
    },
  };
}

function badToken(): ServiceError {
  return new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
}
