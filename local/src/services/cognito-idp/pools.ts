import { badToken, type PoolStore, type UserPool } from './pool-store';
import { pageOf } from '../../core/page';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const PASSWORD_POLICY = {
  MinimumLength: 8, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 7,
};

export function poolOperations(store: PoolStore): Record<string, Operation> {
  return {
    CreateUserPool: ({ PoolName, UserPoolTags = {}, ...settings }: Input) => ({
      UserPool: describe(store.add({ Name: PoolName, ...settings }, UserPoolTags)),
    }),
    DescribeUserPool: ({ UserPoolId }: Input) => ({ UserPool: describe(store.pool(UserPoolId)) }),
    UpdateUserPool: ({ UserPoolId, PoolName, UserPoolTags, ...settings }: Input) => {
      const pool = store.pool(UserPoolId);
      // what an update leaves out goes back to its default; what only creation can set stays
      const { Name, Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration } = pool.settings;
      pool.settings = { Name: PoolName ?? Name, Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration, ...settings };
      pool.tags = UserPoolTags ?? pool.tags;
      pool.updated = store.now();
      return {};
    },
    DeleteUserPool: ({ UserPoolId }: Input) => {
      const pool = store.pool(UserPoolId);
      if (pool.settings.DeletionProtection === 'ACTIVE') {
        throw new ServiceError('InvalidParameterException', 'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.');
      }
      if (pool.domain !== undefined) throw new ServiceError('InvalidParameterException', 'User pool cannot be deleted. It has a domain configured that should be deleted first.');
      store.pools.delete(UserPoolId);
      return {};
    },
    ListUserPools: ({ MaxResults, NextToken }: Input) => {
      const { items, nextToken } = pageOf([...store.pools.values()], NextToken, MaxResults, badToken);
      return {
        UserPools: items.map(({ id, settings, created, updated }) => ({
          Id: id,
          Name: settings.Name,
          LambdaConfig: settings.LambdaConfig ?? {},
          CreationDate: new Date(created),
          LastModifiedDate: new Date(updated),
        })),
        NextToken: nextToken,
      };
    },
    CreateUserPoolDomain: ({ UserPoolId, Domain, CustomDomainConfig }: Input) => {
      const pool = store.pool(UserPoolId);
      if (pool.domain !== undefined) throw new ServiceError('InvalidParameterException', `User pool already has a domain configured: ${pool.domain}`);
      if (poolOfDomain(store, Domain)) throw new ServiceError('InvalidParameterException', 'Domain already associated with another user pool.');
      if (CustomDomainConfig) throw new ServiceError('NotImplemented', 'the local engine does not serve custom domains of user pools', 501);
      pool.domain = Domain;
      return { ManagedLoginVersion: 1 };
    },
    UpdateUserPoolDomain: ({ UserPoolId, Domain }: Input) => {
      domainOf(store, UserPoolId, Domain);
      return { ManagedLoginVersion: 1 };
    },
    DeleteUserPoolDomain: ({ UserPoolId, Domain }: Input) => {
      domainOf(store, UserPoolId, Domain).domain = undefined;
      return {};
    },
    // a domain that nobody has is described as nothing
    DescribeUserPoolDomain: ({ Domain }: Input) => {
      const pool = poolOfDomain(store, Domain);
      return { DomainDescription: pool ? { UserPoolId: pool.id, AWSAccountId: store.core.settings.accountId, Domain, Status: 'ACTIVE', ManagedLoginVersion: 1 } : {} };
    },
    TagResource: ({ ResourceArn, Tags }: Input) => {
      Object.assign(store.byArn(ResourceArn).tags, Tags);
      return {};
    },
    UntagResource: ({ ResourceArn, TagKeys }: Input) => {
      const pool = store.byArn(ResourceArn);
      pool.tags = Object.fromEntries(Object.entries(pool.tags).filter(([key]) => !TagKeys.includes(key)));
      return {};
    },
    ListTagsForResource: ({ ResourceArn }: Input) => ({ Tags: store.byArn(ResourceArn).tags }),
  };
}

function poolOfDomain(store: PoolStore, domain: string): UserPool | undefined {
  return [...store.pools.values()].find((pool) => pool.domain === domain);
}

function domainOf(store: PoolStore, id: string, domain: string): UserPool {
  const pool = store.pool(id);
  if (pool.domain !== domain) throw new ServiceError('InvalidParameterException', `No such domain or user pool exists: ${domain}`);
  return pool;
}

function describe(pool: UserPool): object {
  const { Policies, DeletionProtection = 'INACTIVE', MfaConfiguration = 'OFF', Schema = [], ...settings } = pool.settings;
  return {
    ...settings,
    Id: pool.id,
    Arn: pool.arn,
    Policies: { PasswordPolicy: { ...PASSWORD_POLICY, ...Policies?.PasswordPolicy }, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'], ...Policies?.SignInPolicy } },
    DeletionProtection,
    MfaConfiguration,
    SchemaAttributes: Schema,
    UserPoolTier: settings.UserPoolTier ?? 'ESSENTIALS',
    UserPoolTags: pool.tags,
    EstimatedNumberOfUsers: pool.users.size,
    Domain: pool.domain,
    CreationDate: new Date(pool.created),
    LastModifiedDate: new Date(pool.updated),
  };
}
