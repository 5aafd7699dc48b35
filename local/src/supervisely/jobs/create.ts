import { badRequest } from '../errors';
import { type Pool, selectImages } from './selection';
import { type GivenMeta, jobMeta } from './spec';
import type { Site } from '../site';
import type { Job, JobMeta } from '../store/job-records';
import type { Dataset, Image, Project, Team, User } from '../store/records';

/** What a request for work says, whether for jobs or for a queue of them. */
export interface GivenWork {
  readonly name: string;
  readonly readme?: string;
  readonly description?: string;
  readonly reviewerId?: number | null;
  readonly meta?: GivenMeta;
  readonly customData?: Job['customData'];
}

export interface Work {
  readonly team: Team;
  readonly project: Project;
  /** Undefined where the images are a collection's. */
  readonly dataset: Dataset | undefined;
  readonly meta: JobMeta;
  readonly images: readonly Image[];
}

/** Where the images are. */
export type WorkSource = { readonly datasetId: number } | { readonly collectionId: number };

/** Everything that can be wrong with a request for work is found here, before anything is made. */
export function checkedWork(site: Site, source: WorkSource, { meta = {} }: GivenWork, people: readonly number[], user: User): Work {
  const { store } = site;
  const { dataset, projectId, pool } = placeOf(site, source, user);
  const project = store.projects.get(projectId)!;
  const team = store.teams.get(store.teamOfProject(project))!;
  for (const id of people) checkMember(site, team, id);
  const checkedMeta = jobMeta(project, meta);
  return { team, project, dataset, meta: checkedMeta, images: selectImages(pool, project, meta, checkedMeta) };
}

function placeOf({ store, access }: Site, source: WorkSource, user: User): { dataset: Dataset | undefined; projectId: number; pool: Pool } {
  if ('datasetId' in source) {
    const dataset = access.dataset(user, source.datasetId, 'manage jobs');
    const { id, name, projectId } = dataset;
    return { dataset, projectId, pool: { name: `dataset ${id} ("${name}")`, images: store.images.of(id) } };
  }
  const { id, name, projectId, items } = access.collection(user, source.collectionId, 'manage jobs');
  const images = [...items.keys()].map((entityId) => store.images.get(entityId)!);
  return { dataset: undefined, projectId, pool: { name: `collection ${id} ("${name}")`, images } };
}

export function checkMember({ store }: Site, team: Team, userId: number): void {
  const user = store.users.get(userId);
  if (!user) throw badRequest(`there is no user ${userId}`);
  if (!team.members.has(userId)) throw badRequest(`User with id ${userId} ("${user.login}") is not a member of the team with id ${team.id}`);
}

/** Places of images in a job, in the order in which the server shows them: by name, the last first. */
export function entitiesOf(images: readonly Image[]): Job['entities'] {
  const byName = [...images].sort((left, right) => left.name === right.name ? left.id - right.id : left.name < right.name ? 1 : -1);
  return byName.map(({ id }) => ({ id, reviewStatus: 'none', seconds: 0 }));
}

export function addJob(site: Site, given: Omit<GivenWork, 'meta'>, work: Omit<Work, 'images'> & { readonly images: readonly Image[] },
  userId: number, creator: User, labelingQueueId: number | null = null): Job {
  const { team, project, dataset, meta, images } = work;
  const job = site.store.jobs.add({
    name: given.name,
    readme: given.readme ?? '',
    description: given.description ?? '',
    teamId: team.id,
    workspaceId: project.workspaceId,
    projectId: project.id,
    datasetId: dataset?.id ?? null,
    createdBy: creator.id,
    userId,
    reviewerId: given.reviewerId ?? null,
    startedAt: null,
    annotationFinishedAt: null,
    reviewFinishedAt: null,
    finishedAt: null,
    status: 'pending',
    disabled: false,
    labelingQueueId,
    priority: 2,
    meta,
    customData: given.customData ?? {},
    entities: entitiesOf(images),
    ...site.dated(),
  });
  site.changed(job);
  return job;
}
