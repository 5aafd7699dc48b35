import type { Listing } from '../server/listing';
import type { Site } from '../site';
import type { Queue, ReviewStatus } from '../store/job-records';

export function queueListing(site: Site): Listing<Queue> {
  return {
    fields: {
      name: ({ name }) => name,
      projectId: ({ projectId }) => projectId,
      datasetId: ({ datasetId }) => datasetId,
      collectionId: ({ collectionId }) => collectionId,
      createdBy: ({ createdBy }) => createdBy,
      status: ({ status }) => status,
    },
    sortable: { createdAt: ({ createdAt }) => createdAt, finishedAt: ({ finishedAt }) => finishedAt },
    view: (queue) => queueView(site, queue),
  };
}

export function queueView(site: Site, queue: Queue): object {
  const { store } = site;
  const statuses = queue.entities.map(({ id, jobId }) => entityStatus(site, id, jobId));
  const count = (...wanted: Array<ReviewStatus | null>): number => statuses.filter((status) => wanted.includes(status)).length;
  const people = (ids: readonly number[]): object[] => ids.map((id) => ({ id, login: store.users.get(id)!.login }));
  const { id, name, teamId, projectId, datasetId, collectionId, createdBy, createdAt, updatedAt, finishedAt, status, disabled, queueMeta, jobs } = queue;
  return {
    id,
    name,
    teamId,
    projectId,
    datasetId,
    collectionId,
    createdBy,
    labelers: people(queue.labelers),
    reviewers: people(queue.reviewers),
    createdAt,
    updatedAt,
    finishedAt,
    status,
    disabled,
    jobs: jobs.map((jobId) => ({ id: jobId })),
    entitiesCount: statuses.length,
    acceptedCount: count('accepted', 'quality_check_accepted'),
    annotatedCount: count('done'),
    inProgressCount: count('none', 'rejected'),
    pendingCount: count(null),
    meta: queueMeta,
  };
}

/** Null: nobody has taken it yet. */
export function entityStatus({ store }: Site, id: number, jobId: number | null): ReviewStatus | null {
  if (jobId === null) return null;
  return store.jobs.get(jobId)?.entities.find((entity) => entity.id === id)?.reviewStatus ?? null;
}
