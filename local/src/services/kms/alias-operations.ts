import { badMarker } from './key-operations';
import type { KeyStore } from './key-store';
import { pageOf } from '../../core/page';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function aliasOperations(store: KeyStore): Record<string, Operation> {
  const present = (name: string): void => {
    if (!store.aliases.has(name)) throw new ServiceError('NotFoundException', `Alias ${store.arn(name)} is not found.`);
  };
  return {
    CreateAlias: ({ AliasName, TargetKeyId }: Input) => {
      checkName(AliasName);
      if (store.aliases.has(AliasName)) throw new ServiceError('AlreadyExistsException', `An alias with the name ${store.arn(AliasName)} already exists`);
      store.setAlias(AliasName, store.find(TargetKeyId).id);
      return {};
    },
    UpdateAlias: ({ AliasName, TargetKeyId }: Input) => {
      present(AliasName);
      store.setAlias(AliasName, store.find(TargetKeyId).id);
      return {};
    },
    DeleteAlias: ({ AliasName }: Input) => {
      present(AliasName);
      store.aliases.delete(AliasName);
      return {};
    },
    ListAliases: ({ KeyId, Limit = 50, Marker }: Input) => {
      const id = KeyId === undefined ? undefined : store.find(KeyId).id;
      const found = [...store.aliases.values()].filter(({ keyId }) => id === undefined || keyId === id);
      const { items, nextToken } = pageOf(found, Marker, Limit, badMarker);
      return {
        Aliases: items.map(({ name, keyId, created, updated }) => ({
          AliasName: name, AliasArn: store.arn(name), TargetKeyId: keyId, CreationDate: new Date(created), LastUpdatedDate: new Date(updated),
        })),
        NextMarker: nextToken,
        Truncated: nextToken !== undefined,
      };
    },
  };
}

function checkName(name: string): void {
  if (!name.startsWith('alias/') || name === 'alias/') throw new ServiceError('ValidationException', 'Invalid identifier: an alias name begins with "alias/".');
  if (name.startsWith('alias/aws/')) throw new ServiceError('NotAuthorizedException', `${name} is reserved for AWS`);
}
