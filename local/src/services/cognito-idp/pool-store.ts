import type { EngineCore } from '../../core/engine';
import { randomHex } from '../../core/random';
import { ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a client put, given back as it is
type Facts = Record<string, any>;

export interface User {
  readonly name: string;
  readonly created: number;
  readonly attributes: ReadonlyArray<{ Name: string; Value?: string }>;
  readonly groups: Set<string>;
}

export interface UserPool {
  readonly id: string;
  readonly arn: string;
  readonly created: number;
  updated: number;
  settings: Facts;
  tags: Record<string, string>;
  domain: string | undefined;
  readonly clients: Map<string, Facts>;
  readonly groups: Map<string, Facts>;
  readonly users: Map<string, User>;
}

/** User pools with their clients, groups, users and domains. */
export class PoolStore {
  readonly pools = new Map<string, UserPool>();
  readonly random: () => number;

  constructor(readonly core: EngineCore) {
    this.random = core.random('cognito-idp');
  }

  add(settings: Facts, tags: Record<string, string>): UserPool {
    const { region, accountId, partition } = this.core.settings;
    const id = `${region}_${randomHex(this.random, 9)}`;
    const now = this.now();
    const pool: UserPool = {
      id,
      arn: `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${id}`,
      created: now,
      updated: now,
      settings,
      tags,
      domain: undefined,
      clients: new Map(),
      groups: new Map(),
      users: new Map(),
    };
    this.pools.set(id, pool);
    return pool;
  }

  pool(id: string): UserPool {
    const pool = this.pools.get(id);
    if (!pool) throw notFound(`User pool ${id} does not exist.`);
    return pool;
  }

  byArn(arn: string): UserPool {
    return this.pool(arn.split('/').pop() ?? '');
  }

  now(): number {
    return this.core.clock.now();
  }
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

export function badToken(): ServiceError {
  return new ServiceError('InvalidParameterException', 'Invalid pagination token.');
}
