import { createHash } from 'node:crypto';
import type { Job, Queue } from './job-records';
import type { ActivityEvent, Collection, Dataset, Figure, Image, ObjectClass, Project, TagMeta, Team, User, Webhook, Workspace } from './records';
import { Table } from './table';

/** Everything that one Supervisely server keeps. */
export class Store {
  readonly users = new Table<User>();
  readonly teams = new Table<Team>();
  readonly workspaces = new Table<Workspace>((workspace) => workspace.teamId);
  readonly projects = new Table<Project>((project) => project.workspaceId);
  readonly datasets = new Table<Dataset>((dataset) => dataset.projectId);
  readonly collections = new Table<Collection>((collection) => collection.projectId);
  readonly images = new Table<Image>((image) => image.datasetId);
  readonly figures = new Table<Figure>((figure) => figure.imageId);
  readonly jobs = new Table<Job>((job) => job.teamId);
  readonly queues = new Table<Queue>((queue) => queue.teamId);
  readonly webhooks = new Table<Webhook>((webhook) => webhook.teamId);
  readonly activity = new Table<ActivityEvent>((event) => event.teamId);
  /** Uploaded content by its hash: the base64 SHA-256 that clients compute. */
  readonly files = new Map<string, Buffer>();
  private lastMetaId = 0;
  private lastTagUse = 0;
  private lastCollectionItem = 0;

  /** Classes and tags share a sequence. */
  nextMetaId(): number {
    return ++this.lastMetaId;
  }

  nextTagUseId(): number {
    return ++this.lastTagUse;
  }

  nextCollectionItemId(): number {
    return ++this.lastCollectionItem;
  }

  keepFile(bytes: Buffer): string {
    const hash = createHash('sha256').update(bytes).digest('base64');
    this.files.set(hash, bytes);
    return hash;
  }

  userByLogin(login: string): User | undefined {
    return this.users.all().find((user) => user.login === login);
  }

  teamOfProject(project: Project): number {
    return this.workspaces.get(project.workspaceId)!.teamId;
  }

  classByName(project: Project, title: string): ObjectClass | undefined {
    return project.classes.find((objectClass) => objectClass.title === title);
  }

  tagByName(project: Project, name: string): TagMeta | undefined {
    return project.tags.find((tag) => tag.name === name);
  }

  removeImage(id: number): void {
    for (const figure of this.figures.of(id)) this.figures.remove(figure.id);
    for (const { items } of this.collections.all()) items.delete(id);
    this.images.remove(id);
  }

  removeDataset(id: number): void {
    for (const image of this.images.of(id)) this.removeImage(image.id);
    this.datasets.remove(id);
  }

  removeProject(id: number): void {
    for (const dataset of this.datasets.of(id)) this.removeDataset(dataset.id);
    for (const collection of this.collections.of(id)) this.collections.remove(collection.id);
    this.projects.remove(id);
  }
}
