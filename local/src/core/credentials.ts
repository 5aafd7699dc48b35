import type { EngineSettings } from './engine';
import { randomHex, randomId } from './random';
import type { Caller } from './service';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Who is behind an access key. A signature is never judged, so a key that the engine did not issue is its user's own. */
export class CredentialStore {
  readonly root: Caller;
  readonly rootSecret: string;
  private readonly callers = new Map<string, Caller>();

  constructor(private readonly settings: EngineSettings, private readonly random: () => number) {
    const { partition, accountId } = settings;
    this.root = { accessKeyId: randomId(random, 'AKIA', 20), arn: `arn:${partition}:iam::${accountId}:root` };
    this.rootSecret = randomHex(random, 40);
    this.callers.set(this.root.accessKeyId, this.root);
  }

  issue(caller: Omit<Caller, 'accessKeyId'>): Credentials {
    const accessKeyId = randomId(this.random, 'ASIA', 20);
    this.callers.set(accessKeyId, { ...caller, accessKeyId });
    return { accessKeyId, secretAccessKey: randomHex(this.random, 40), sessionToken: randomHex(this.random, 64) };
  }

  caller(accessKeyId: string | undefined): Caller {
    if (!accessKeyId) return { ...this.root, accessKeyId: '' };
    return this.callers.get(accessKeyId) ?? { accessKeyId, arn: this.root.arn };
  }

  get account(): string {
    return this.settings.accountId;
  }
}
