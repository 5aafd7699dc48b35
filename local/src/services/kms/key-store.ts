import type { ScheduledEvent } from '../../core/clock';
import type { EngineCore } from '../../core/engine';
import { randomUuid } from '../../core/random';
import { ServiceError } from '../../core/service';
import type { Tag } from '../../core/tags';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly created: number;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly material: Buffer;
  readonly multiRegion: boolean;
  description: string;
  policy: string;
  tags: Tag[];
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  rotation: boolean;
  deletion?: { readonly date: number; readonly event: ScheduledEvent };
}

export interface Alias {
  readonly name: string;
  keyId: string;
  readonly created: number;
  updated: number;
}

const AWS_ALIAS = /^alias\/aws\/[a-z0-9-]+$/;

/** Keys and aliases; the keys that AWS keeps for its services come to be when first named. */
export class KeyStore {
  readonly keys = new Map<string, Key>();
  readonly aliases = new Map<string, Alias>();
  private readonly random: () => number;

  constructor(private readonly core: EngineCore) {
    this.random = core.random('kms');
  }

  add(options: Pick<Key, 'description' | 'tags' | 'manager' | 'multiRegion'> & { policy?: string }): Key {
    const id = (options.multiRegion ? 'mrk-' : '') + (options.multiRegion ? randomUuid(this.random).replaceAll('-', '') : randomUuid(this.random));
    const key: Key = {
      ...options,
      id,
      arn: this.arn(`key/${id}`),
      created: this.core.clock.now(),
      material: this.bytes(32),
      state: 'Enabled',
      rotation: false,
      policy: options.policy ?? this.defaultPolicy(),
    };
    this.keys.set(id, key);
    return key;
  }

  /** By id, ARN, alias or alias ARN. */
  find(reference: string): Key {
    const plain = reference.replace(/^arn:[^:]+:kms:[^:]*:\d*:(key\/)?/, '');
    if (AWS_ALIAS.test(plain) && !this.aliases.has(plain)) this.addAwsKey(plain);
    const key = this.keys.get(plain.startsWith('alias/') ? this.aliases.get(plain)?.keyId ?? '' : plain);
    if (!key) {
      const named = plain.startsWith('alias/') ? `Alias ${this.arn(plain)}` : `Key '${this.arn(`key/${plain}`)}'`;
      throw new ServiceError('NotFoundException', `${named} ${plain.startsWith('alias/') ? 'is not found.' : 'does not exist'}`);
    }
    return key;
  }

  /** A key that can be used now. */
  usable(reference: string): Key {
    const key = this.find(reference);
    if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
    if (key.state === 'PendingDeletion') throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
    return key;
  }

  remove(key: Key): void {
    this.keys.delete(key.id);
    for (const [name, { keyId }] of this.aliases) if (keyId === key.id) this.aliases.delete(name);
  }

  setAlias(name: string, keyId: string): void {
    const now = this.core.clock.now();
    this.aliases.set(name, { name, keyId, created: this.aliases.get(name)?.created ?? now, updated: now });
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => Math.floor(this.random() * 256)));
  }

  arn(resource: string): string {
    const { partition, region, accountId } = this.core.settings;
    return `arn:${partition}:kms:${region}:${accountId}:${resource}`;
  }

  private addAwsKey(alias: string): void {
    const description = `Default key that protects my ${alias.slice('alias/aws/'.length)} data when no other key is defined`;
    this.setAlias(alias, this.add({ description, tags: [], manager: 'AWS', multiRegion: false }).id);
  }

  private defaultPolicy(): string {
    return JSON.stringify({
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [{ Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: this.core.root.arn }, Action: 'kms:*', Resource: '*' }],
    });
  }
}
