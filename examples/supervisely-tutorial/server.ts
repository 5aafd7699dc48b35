import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Engine } from '../../local/src/engine';

/** How much virtual time passes between two looks. */
const SECONDS_A_LOOK = 10;
const PATIENCE_MS = 300_000;

/** A job in the server's own form, as far as the tutorial looks at it. */
export interface Job {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly disabled: boolean;
  readonly labelerLogin: string;
  readonly managerLogin: string;
  readonly imagesCount: number;
  readonly meta: Readonly<Record<string, unknown>> & {
    readonly classes: ReadonlyArray<{ readonly name: string }>;
    readonly projectTags: ReadonlyArray<{ readonly name: string }>;
  };
  readonly entities?: ReadonlyArray<{ readonly id: number; readonly name: string; readonly reviewStatus: string }>;
}

/** The local engine's Supervisely server, and the AWS account beside it. */
export class TutorialServer {
  private readonly s3: S3Client;
  private readonly secrets: SecretsManagerClient;

  constructor(private readonly engine: Engine) {
    const credentials = { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'example' };
    const config = { endpoint: engine.endpoint, region: engine.core.settings.region, credentials };
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.secrets = new SecretsManagerClient(config);
  }

  get address(): string {
    return this.engine.supervisely.address;
  }

  /** What people do before they deploy: the token goes into a secret, and nowhere else. */
  async keepToken(Name: string): Promise<void> {
    await this.secrets.send(new CreateSecretCommand({ Name, SecretString: this.engine.supervisely.token }));
  }

  /** Time stands still until it is told to pass, so that nobody labels before the jobs were looked at; the reviewer never comes to it. */
  async stopTime(): Promise<void> {
    await this.control('clock', { paused: true });
    await this.control('supervisely/labelers', { labelers: [{ secondsToStart: 600 }], reviewers: [{ secondsPerImage: 1e9 }] });
  }

  /** Lets time pass until the work has ended. */
  async passTimeDuring<T>(what: string, work: Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    const pending = Symbol('pending');
    const soon = (): Promise<symbol> => new Promise((resolve) => setTimeout(() => resolve(pending), 50));
    while (await Promise.race([work, soon()]) === pending) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}; the jobs are ${JSON.stringify(await this.jobs())}`);
      await this.control('clock', { advanceSeconds: SECONDS_A_LOOK });
    }
    return work;
  }

  /** All jobs of the team, archived ones too. */
  async jobs(): Promise<Job[]> {
    const { entities } = await this.call('jobs.list', { teamId: 8, showDisabled: true });
    return entities as Job[];
  }

  async member(login: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { entities } = await this.call('members.list', { teamId: 8, filter: [{ field: 'login', operator: '=', value: login }] });
    return (entities as Array<Record<string, unknown>>).at(0);
  }

  async projectMeta(): Promise<Readonly<Record<string, ReadonlyArray<Readonly<Record<string, unknown>>>>>> {
    return await this.call('projects.meta', { id: 5555 }) as Record<string, Array<Record<string, unknown>>>;
  }

  /** A list of jobs that a deployment has taken. */
  async record(uri: string): Promise<Job[]> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body!.transformToString()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Job);
  }

  private async call(method: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.address}/public/api/v3/${method}`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': this.engine.supervisely.token }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  }

  private async control(route: string, body: object): Promise<void> {
    const response = await fetch(`${this.engine.endpoint}/_local/${route}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`);
  }
}
