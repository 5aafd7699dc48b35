import { badToken, notFound, type PoolStore } from './pool-store';
import { pageOf } from '../../core/page';
import { randomHex } from '../../core/random';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const DEFAULTS = {
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  AllowedOAuthFlowsUserPoolClient: false,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: false,
  AuthSessionValidity: 3,
};

export function clientOperations(store: PoolStore): Record<string, Operation> {
  const find = ({ UserPoolId, ClientId }: Input): Record<string, unknown> => {
    const client = store.pool(UserPoolId).clients.get(ClientId);
    if (!client) throw notFound(`User pool client ${ClientId} does not exist.`);
    return client;
  };
  return {
    CreateUserPoolClient: ({ GenerateSecret = false, ...settings }: Input) => {
      const pool = store.pool(settings.UserPoolId);
      const now = new Date(store.now());
      const client = {
        ...DEFAULTS,
        ...settings,
        ClientId: randomHex(store.random, 26),
        CreationDate: now,
        LastModifiedDate: now,
        ...(GenerateSecret && { ClientSecret: randomHex(store.random, 52) }),
      };
      pool.clients.set(client.ClientId as string, client);
      return { UserPoolClient: client };
    },
    DescribeUserPoolClient: (input: Input) => ({ UserPoolClient: find(input) }),
    UpdateUserPoolClient: (input: Input) => {
      const { ClientName, ClientSecret, CreationDate } = find(input);
      const secret = ClientSecret === undefined ? {} : { ClientSecret };
      const client = { ...DEFAULTS, ClientName, ...input, ...secret, CreationDate, LastModifiedDate: new Date(store.now()) };
      store.pool(input.UserPoolId).clients.set(input.ClientId, client);
      return { UserPoolClient: client };
    },
    DeleteUserPoolClient: (input: Input) => {
      find(input);
      store.pool(input.UserPoolId).clients.delete(input.ClientId);
      return {};
    },
    ListUserPoolClients: ({ UserPoolId, MaxResults = 60, NextToken }: Input) => {
      const { items, nextToken } = pageOf([...store.pool(UserPoolId).clients.values()], NextToken, MaxResults, badToken);
      return { UserPoolClients: items.map(({ ClientId, ClientName }) => ({ ClientId, ClientName, UserPoolId })), NextToken: nextToken };
    },
  };
}
