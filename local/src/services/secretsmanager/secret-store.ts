import type { EngineCore } from '../../core/engine';
import { randomHex } from '../../core/random';
import { ServiceError } from '../../core/service';
import type { Tag } from '../../core/tags';

export interface SecretVersion {
  readonly id: string;
  readonly string?: string;
  readonly binary?: Buffer;
  readonly created: number;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  description: string | undefined;
  kmsKeyId: string | undefined;
  tags: Tag[];
  changed: number;
  deleted: { readonly date: number; readonly purge: number } | undefined;
  readonly versions: Map<string, SecretVersion>;
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

export class SecretStore {
  private readonly secrets = new Map<string, Secret>();
  private readonly random: () => number;

  constructor(readonly core: EngineCore) {
    this.random = core.random('secretsmanager');
  }

  all(): Secret[] {
    this.purge();
    return [...this.secrets.values()];
  }

  add(name: string): Secret {
    this.purge();
    const present = this.secrets.get(name);
    if (present?.deleted) {
      throw new ServiceError('InvalidRequestException', 'You can\'t create this secret because a secret with this name is already scheduled for deletion.');
    }
    if (present) throw new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    const { partition, region, accountId } = this.core.settings;
    const now = this.core.clock.now();
    const secret: Secret = {
      name,
      arn: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${randomHex(this.random, 6)}`,
      created: now,
      changed: now,
      description: undefined,
      kmsKeyId: undefined,
      tags: [],
      deleted: undefined,
      versions: new Map(),
    };
    this.secrets.set(name, secret);
    return secret;
  }

  /** By name, ARN, or ARN without its random end; one that waits for its deletion only where it may. */
  find(id: string, mayBeDeleted = false): Secret {
    const secret = this.all().find(({ name, arn }) => id === name || id === arn || id === arn.slice(0, -7));
    if (!secret) throw new ServiceError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
    if (secret.deleted && !mayBeDeleted) {
      throw new ServiceError('InvalidRequestException', 'You can\'t perform this operation on the secret because it was marked for deletion.');
    }
    return secret;
  }

  remove(secret: Secret): void {
    this.secrets.delete(secret.name);
  }

  randomNumber(): number {
    return this.random();
  }

  private purge(): void {
    const now = this.core.clock.now();
    for (const secret of this.secrets.values()) if (secret.deleted && secret.deleted.purge <= now) this.secrets.delete(secret.name);
  }
}

/** Adds a version; where it becomes current, the former current one becomes the previous. */
export function addVersion(secret: Secret, version: SecretVersion): void {
  for (const stage of version.stages) moveStage(secret, stage, version);
  secret.versions.set(version.id, version);
  secret.changed = version.created;
  for (const [id, { stages }] of secret.versions) if (stages.size === 0) secret.versions.delete(id);
}

function moveStage(secret: Secret, stage: string, to: SecretVersion): void {
  for (const holder of secret.versions.values()) {
    if (holder === to || !holder.stages.delete(stage) || stage !== CURRENT) continue;
    for (const other of secret.versions.values()) other.stages.delete(PREVIOUS);
    holder.stages.add(PREVIOUS);
  }
}
