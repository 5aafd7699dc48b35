import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Engine } from '../../local/src/engine';

/** An image with its labels, as the server has them. */
export interface LabeledImage {
  readonly sourceRef: string;
  readonly camera: string;
  readonly tags: readonly string[];
  readonly objects: ReadonlyArray<{ readonly classTitle: string; readonly geometryType: string; readonly points?: { readonly exterior: number[][] } }>;
}

export interface ServerJob {
  readonly id: number;
  readonly status: string;
  readonly datasetTitle: string;
  readonly imagesCount: number;
  readonly finishedImagesCount: number;
}

interface Annotation {
  readonly tags: ReadonlyArray<{ readonly name: string }>;
  readonly objects: LabeledImage['objects'];
}

/** The local engine's Supervisely server. */
export class Server {
  constructor(private readonly engine: Engine) {}

  get address(): string {
    return this.engine.supervisely.address;
  }

  /** What people do before they deploy: the token goes into a secret, and nowhere else. */
  async keepToken(Name: string): Promise<void> {
    const { endpoint, accessKeyId, secretAccessKey, core, supervisely: { token } } = this.engine;
    const secrets = new SecretsManagerClient({ endpoint, region: core.settings.region, credentials: { accessKeyId, secretAccessKey } });
    await secrets.send(new CreateSecretCommand({ Name, SecretString: token }));
  }

  async datasets(project: string): Promise<Array<{ readonly id: number; readonly name: string }>> {
    const found = (await this.list<{ id: number; name: string }>('projects.list', { workspaceId: 349 })).find(({ name }) => name === project);
    return found ? this.list('datasets.list', { projectId: found.id }) : [];
  }

  async images(datasetId: number): Promise<LabeledImage[]> {
    const images = await this.list<{ id: number; meta: Record<string, string> }>('images.list', { datasetId });
    const annotations = await this.call<Array<{ annotation: Annotation }>>('annotations.bulk.info', {
      datasetId, imageIds: images.map(({ id }) => id), integerCoords: false,
    });
    return images.map(({ meta }, index) => {
      const { tags, objects } = annotations[index].annotation;
      return { sourceRef: meta['source-ref'], camera: meta.camera, tags: tags.map(({ name }) => name), objects };
    });
  }

  jobs(): Promise<ServerJob[]> {
    return this.list('jobs.list', { teamId: 8 });
  }

  /** How often a method was called. */
  async callsOf(method: string): Promise<number> {
    const { counts } = await (await fetch(`${this.engine.endpoint}/_local/calls`)).json() as { counts: Record<string, number> };
    return counts[`supervisely:${method}`] ?? 0;
  }

  private async list<T>(method: string, body: object): Promise<T[]> {
    return (await this.call<{ entities: T[] }>(method, body)).entities;
  }

  private async call<T>(method: string, body: object): Promise<T> {
    const response = await fetch(`${this.address}/public/api/v3/${method}`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': this.engine.supervisely.token }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    return await response.json() as T;
  }
}
