import type { Engine } from '../local/src/engine';

interface Pool { readonly UserPool: string; readonly ClientId: string }

/** An account has one private workforce, hence one pool for all its teams. */
const pools = new WeakMap<Engine, Promise<Pool>>();

/** A group of a Cognito pool, as a private work team needs it: the engine refuses one that is not there when it judges permissions. */
export async function memberDefinition(engine: Engine, UserGroup: string): Promise<Pool & { readonly UserGroup: string }> {
  if (!pools.has(engine)) pools.set(engine, makePool(engine));
  const pool = await pools.get(engine)!;
  await engine.core.call('cognito-idp', 'CreateGroup', { UserPoolId: pool.UserPool, GroupName: UserGroup });
  return { ...pool, UserGroup };
}

async function makePool({ core }: Engine): Promise<Pool> {
  const { UserPool: { Id: UserPoolId } } = await core.call('cognito-idp', 'CreateUserPool', { PoolName: 'workers' });
  await core.call('cognito-idp', 'CreateUserPoolDomain', { UserPoolId, Domain: 'workers-of-this-account' });
  const { UserPoolClient: { ClientId } } = await core.call('cognito-idp', 'CreateUserPoolClient', { UserPoolId, ClientName: 'portal', GenerateSecret: true });
  return { UserPool: UserPoolId, ClientId };
}
