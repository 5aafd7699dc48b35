import type { Caller, Payload } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';

export interface FakeImage {
  readonly id: number;
  readonly name: string;
  readonly link?: string;
  readonly hash?: string;
  readonly meta: Readonly<Record<string, unknown>>;
  objects: ReadonlyArray<{ readonly classTitle: string; readonly geometryType: string }>;
  tags: ReadonlyArray<{ readonly name: string }>;
  /** How often labels were put on it. */
  annotated: number;
}

/** The process that makes the call is ended: nothing of it runs on. */
export class Crash extends Error {}

export type Fault = 'lost answer' | 'not received' | 'crash before' | 'crash after';

interface Meta {
  classes: Array<{ id?: number; title: string; shape: string }>;
  tags: Array<{ id?: number; name: string; value_type: string }>;
}

/** A Supervisely server in memory, as far as imports use it: one workspace, and the projects that are made in it. */
export class FakeServer implements Caller {
  readonly serverUrl = 'https://supervisely.test';
  readonly calls: string[] = [];
  readonly projects: Array<{ id: number; name: string; workspaceId: number; meta: Meta }> = [];
  readonly datasets: Array<{ id: number; name: string; projectId: number }> = [];
  private readonly byName = new Map<string, FakeImage>();
  readonly files = new Set<string>();
  /** Links that cannot be read. */
  readonly broken = new Set<string>();
  /** Asked before each call. */
  fault: (method: string) => Fault | undefined = () => undefined;
  private lastId = 100;

  async call<Answer>(method: string, body: Payload): Promise<Answer> {
    this.calls.push(method);
    const fault = this.fault(method);
    if (fault === 'crash before') throw new Crash(method);
    if (fault === 'not received') throw new SuperviselyBusy(method, 'connection refused');
    const answer = body instanceof FormData ? await this.upload(body) : this.methods[method](JSON.parse(JSON.stringify(body)));
    if (fault === 'crash after') throw new Crash(method);
    if (fault === 'lost answer') throw new SuperviselyBusy(method, 'connection reset');
    return JSON.parse(JSON.stringify(answer)) as Answer;
  }

  get images(): FakeImage[] {
    return [...this.byName.values()];
  }

  image(name: string): FakeImage {
    return this.byName.get(name)!;
  }

  /** Somebody replaces a project's classes and tags by none, and puts them back: ids and labels are gone. */
  wipeMeta(): void {
    const [project] = this.projects;
    project.meta = { classes: [], tags: [] };
    for (const image of this.images) Object.assign(image, { objects: [], tags: [] });
  }

  private tagId(name: string): number | undefined {
    return this.projects[0].meta.tags.find((tag) => tag.name === name)?.id;
  }

  private async upload(form: FormData): Promise<unknown> {
    const { createHash } = await import('node:crypto');
    return Promise.all([...form.values()].map(async (file) => {
      const bytes = Buffer.from(await (file as Blob).arrayBuffer());
      if (bytes.toString().startsWith('no image')) return { errors: [{ message: 'the file is no image' }] };
      const hash = createHash('sha256').update(bytes).digest('base64');
      this.files.add(hash);
      return { hash };
    }));
  }

  /* eslint-disable @typescript-eslint/no-explicit-any -- bodies are what the handler sends */
  private readonly methods: Record<string, (input: any) => unknown> = {
    'workspaces.info': ({ id }) => (id === 349 ? { id, name: 'W', teamId: 8 } : refuse('workspaces.info', 404, 'no such workspace')),
    'teams.list': () => page([{ id: 8, name: 'Fruits' }]),
    'projects.list': ({ workspaceId, filter: [{ value }] = [{}] as any }) => page(this.projects.filter((one) => one.workspaceId === workspaceId && one.name === value)),
    'projects.info': ({ id }) => this.projects.find((one) => one.id === id) ?? refuse('projects.info', 404, 'no such project'),
    'projects.add': ({ workspaceId, name }) => {
      if (this.projects.some((one) => one.name === name)) refuse('projects.add', 400, 'taken');
      const project = { id: ++this.lastId, name, workspaceId, teamId: 8, type: 'images', meta: { classes: [], tags: [] } };
      this.projects.push(project);
      return project;
    },
    'projects.meta': ({ id }) => this.projects.find((one) => one.id === id)!.meta,
    'projects.meta.update': ({ id, meta }) => {
      const withId = (one: any) => ({ ...one, id: one.id ?? ++this.lastId });
      return this.projects.find((one) => one.id === id)!.meta = { classes: meta.classes.map(withId), tags: meta.tags.map(withId) };
    },
    'datasets.list': ({ projectId, filter: [{ value }] = [{}] as any }) => page(this.datasets.filter((one) => one.projectId === projectId && (value ?? one.name) === one.name)),
    'datasets.archive': ({ id }) => gone(this.datasets, id),
    'projects.archive': ({ id }) => gone(this.projects, id),
    'datasets.add': ({ projectId, name }) => {
      if (this.datasets.some((one) => one.name === name)) refuse('datasets.add', 400, 'taken');
      const dataset = { id: ++this.lastId, name, projectId };
      this.datasets.push(dataset);
      return dataset;
    },
    'images.list': ({ filter: [{ value = [...this.byName.keys()] } = {} as any] }) => page((value as string[]).filter((name) => this.byName.has(name))
      // as some releases of the server do, it says only the ids of an image's tags
      .map((name) => this.image(name))
      .map((image) => ({ ...image, labelsCount: image.objects.length, tags: image.tags.map((tag) => ({ tagId: this.tagId(tag.name) })) }))),
    'images.internal.hashes.list': (hashes) => hashes.filter((hash: string) => this.files.has(hash)),
    'images.bulk.add': ({ images }) => {
      const bad = images.find(({ link, hash }: any) => this.broken.has(link) || (hash !== undefined && !this.files.has(hash)));
      if (bad) refuse('images.bulk.add', 400, `nothing can be read at "${bad.link ?? bad.hash}"`);
      const names = images.map(({ title }: any) => title);
      if (new Set(names).size < names.length || names.some((name: string) => this.byName.has(name))) refuse('images.bulk.add', 400, 'names are taken');
      return images.map(({ title: name, ...image }: any) => {
        const made: FakeImage = { id: ++this.lastId, name, objects: [], tags: [], annotated: 0, ...image };
        this.byName.set(name, made);
        return made;
      });
    },
    'annotations.bulk.add': ({ annotations }) => {
      const { classes, tags } = this.projects[0].meta;
      for (const { annotation } of annotations) {
        if (annotation.objects.some(({ classTitle }: any) => !classes.some(({ title }) => title === classTitle))) refuse('annotations.bulk.add', 400, 'no such class');
        if (annotation.tags.some((tag: any) => !tags.some(({ name }) => name === tag.name))) refuse('annotations.bulk.add', 400, 'no such tag');
        const corners = annotation.objects.flatMap(({ points }: any) => points?.exterior.flat() ?? []) as number[];
        if (corners.some((corner) => corner > 1000)) refuse('annotations.bulk.add', 400, 'out of the image');
      }
      const byId = new Map(this.images.map((image) => [image.id, image]));
      for (const { imageId, annotation } of annotations) {
        const image = byId.get(imageId)!;
        Object.assign(image, { objects: annotation.objects, tags: annotation.tags, annotated: image.annotated + 1 });
      }
      return { success: true };
    },
  };
  /* eslint-enable @typescript-eslint/no-explicit-any */
}

function gone(things: Array<{ readonly id: number }>, id: number): object {
  things.splice(things.findIndex((one) => one.id === id), 1);
  return { success: true };
}

function refuse(method: string, status: number, reason: string): never {
  throw new SuperviselyError(method, status, reason);
}

function page<T>(entities: readonly T[]): object {
  return { total: entities.length, perPage: 500, pagesCount: 1, entities };
}
