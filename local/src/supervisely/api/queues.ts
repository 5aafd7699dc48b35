import { badRequest } from '../errors';
import { COLLECTION_FILTERS } from './collections';
import { ENTITY_STATUSES, queueEntities } from './queue-entities';
import { queueListing, queueView } from './queue-view';
import { addJob, checkedWork, type GivenWork, type WorkSource } from '../jobs/create';
import { QUEUE } from '../jobs/spec';
import { setStatus } from '../jobs/status';
import { FLAG, ID, list, oneOf, open } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post, put } from '../server/method';
import type { Site } from '../site';
import { JOB_STATUSES, type JobStatus, type Queue } from '../store/job-records';
import type { User } from '../store/records';

/** Queues: images that a team's labelers take one after the other, each into a job of the own. */
export function queueMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'labeling-queues.add': post(QUEUE, (input: GivenQueue, { user }) => ({ id: addQueue(site, input, user).id })),
    'labeling-queues.info': get(open({ id: ID }), ({ id }, { user }) => queueView(site, access.queue(user, id))),
    'labeling-queues.list': get(open({ teamId: ID }, { ...LIST_MEMBERS, showDisabled: FLAG }), (input, { user }) => {
      const queues = store.queues.of(access.team(user, input.teamId).id);
      return listPage(input, queues.filter(({ disabled }) => input.showDisabled === true || !disabled), queueListing(site));
    }),
    'labeling-queues.set-status': put(open({ id: ID, status: oneOf(JOB_STATUSES) }), ({ id, status }, { user }) => {
      setQueueStatus(site, access.queue(user, id, 'manage jobs'), status);
      return { success: true };
    }),
    'labeling-queues.stats.entities': get(
      open({ id: ID }, { ...LIST_MEMBERS, filters: COLLECTION_FILTERS, entityStatus: list(oneOf(ENTITY_STATUSES)) }),
      (input, { user }) => queueEntities(site, access.queue(user, input.id), input, user)),
  };
}

interface GivenQueue extends GivenWork {
  readonly datasetId?: number;
  readonly collectionId?: number;
  readonly userIds: readonly number[];
  readonly reviewerIds: readonly number[];
  readonly qualityCheckUserIds?: readonly number[];
  readonly queueMeta?: Queue['queueMeta'];
}

function addQueue(site: Site, input: GivenQueue, user: User): Queue {
  const { userIds, reviewerIds, qualityCheckUserIds = [], queueMeta = {} } = input;
  const isChecked = input.meta?.enableIntermediateReview === true;
  if (isChecked !== qualityCheckUserIds.length > 0) {
    throw badRequest('"qualityCheckUserIds" and "meta.enableIntermediateReview" belong together: give both, or neither');
  }
  const { images, ...work } = checkedWork(site, sourceOf(input), input, [...userIds, ...reviewerIds, ...qualityCheckUserIds], user);
  const queue = site.store.queues.add({
    name: input.name,
    teamId: work.team.id,
    projectId: work.project.id,
    datasetId: work.dataset?.id ?? null,
    collectionId: input.collectionId ?? null,
    createdBy: user.id,
    labelers: userIds,
    reviewers: reviewerIds,
    finishedAt: null,
    status: 'pending',
    disabled: false,
    queueMeta,
    jobs: [],
    entities: images.map(({ id }) => ({ id, jobId: null })),
    ...site.dated(),
  });
  for (const userId of userIds) queue.jobs.push(addJob(site, input, { ...work, images: [] }, userId, user, queue.id).id);
  return queue;
}

function sourceOf({ datasetId, collectionId }: GivenQueue): WorkSource {
  if (datasetId !== undefined && collectionId !== undefined) throw badRequest('"datasetId" and "collectionId" exclude each other');
  if (collectionId !== undefined) return { collectionId };
  if (datasetId === undefined) throw badRequest('"datasetId" or "collectionId" is required');
  return { datasetId };
}

/** The queue's jobs go with it, unless they have ended. */
function setQueueStatus(site: Site, queue: Queue, status: JobStatus): void {
  Object.assign(queue, { status, updatedAt: site.now(), finishedAt: status === 'completed' || status === 'stopped' ? site.now() : null });
  for (const id of queue.jobs) {
    const job = site.store.jobs.get(id);
    if (job && job.status !== 'completed') setStatus(site, job, status);
  }
}
