import { badRequest, notServed } from '../errors';
import { queueEntities } from './queue-entities';
import { queueListing, queueView } from './queue-view';
import { addJob, checkedWork, type GivenWork } from '../jobs/create';
import { WORK } from '../jobs/spec';
import { setStatus } from '../jobs/status';
import { ANYTHING, closed, FLAG, ID, list, MAP, NAME, nullable, oneOf, open, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post, put } from '../server/method';
import type { Site } from '../site';
import { JOB_STATUSES, type JobStatus, type Queue } from '../store/job-records';
import type { User } from '../store/records';

const PEOPLE = list(ID, { minItems: 1, uniqueItems: true });

/** Queues: images that a team's labelers take one after the other, each into a job of the own. */
export function queueMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'labeling-queues.add': post(
      closed({ name: NAME, userIds: PEOPLE, reviewerIds: PEOPLE }, { ...WORK, datasetId: ID, collectionId: ID, qualityCheckUserIds: PEOPLE, queueMeta: MAP }),
      (input, { user }) => ({ id: addQueue(site, input, user).id })),
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
      open({ id: ID }, { ...LIST_MEMBERS, filters: ANYTHING, entityStatus: list(nullable(TEXT)) }),
      (input, { user }) => {
        if (input.filters !== undefined) throw notServed('"filters" of labeling-queues.stats.entities');
        return queueEntities(site, access.queue(user, input.id), input);
      }),
  };
}

interface GivenQueue extends Omit<GivenWork, 'datasetId'> {
  readonly datasetId?: number;
  readonly collectionId?: number;
  readonly userIds: readonly number[];
  readonly reviewerIds: readonly number[];
  readonly qualityCheckUserIds?: readonly number[];
  readonly queueMeta?: object;
}

function addQueue(site: Site, input: GivenQueue, user: User): Queue {
  const { datasetId, collectionId, userIds, reviewerIds, qualityCheckUserIds = [], queueMeta = {} } = input;
  if (collectionId !== undefined) throw notServed('queues of collections ("collectionId"), only of datasets');
  if (datasetId === undefined) throw badRequest('"datasetId" is required');
  const { images, ...work } = checkedWork(site, { ...input, datasetId }, [...userIds, ...reviewerIds, ...qualityCheckUserIds], user);
  const queue = site.store.queues.add({
    name: input.name,
    teamId: work.team.id,
    projectId: work.project.id,
    datasetId,
    createdBy: user.id,
    labelers: userIds,
    reviewers: reviewerIds,
    finishedAt: null,
    status: 'pending',
    disabled: false,
    meta: { ...queueMeta },
    jobs: [],
    entities: images.map(({ id }) => ({ id, jobId: null })),
    ...site.dated(),
  });
  for (const userId of userIds) queue.jobs.push(addJob(site, { ...input, datasetId }, { ...work, images: [] }, userId, user, queue.id).id);
  return queue;
}

/** The queue's jobs go with it, unless they have ended. */
function setQueueStatus(site: Site, queue: Queue, status: JobStatus): void {
  Object.assign(queue, { status, updatedAt: site.now(), finishedAt: status === 'completed' || status === 'stopped' ? site.now() : null });
  for (const id of queue.jobs) {
    const job = site.store.jobs.get(id);
    if (job && job.status !== 'completed') setStatus(site, job, status);
  }
}
