import { badRequest, notFound } from '../errors';
import { addJob, checkMember } from './create';
import { setReviewStatus, setStatus } from './status';
import { closed, FLAG, ID, list, NAME, nullable, oneOf, open } from '../schema';
import { type Methods, post, put } from '../server/method';
import type { Site } from '../site';
import { type Job, REVIEW_STATUSES, type ReviewStatus } from '../store/job-records';
import type { Image, User } from '../store/records';

const REWORK: Readonly<Record<string, readonly ReviewStatus[]>> = {
  rejected: ['rejected'],
  not_accepted: ['none', 'done', 'rejected'],
};

interface Restart {
  readonly completeExisting?: boolean;
  readonly userIds?: readonly number[];
  readonly reviewerId?: number | null;
  readonly name?: string;
  readonly restartEntitiesMode?: 'rejected' | 'not_accepted';
  readonly rejectNotAcceptedEntities?: boolean;
}

/** Judging a job's images, and another round for those that were rejected. */
export function reviewMethods(site: Site): Methods {
  const { access } = site;
  return {
    'jobs.entities.update-review-status': put(
      open({ jobId: ID, entityId: ID, status: oneOf(REVIEW_STATUSES) }),
      ({ jobId, entityId, status }, { user }) => {
        const job = access.job(user, jobId, 'label');
        if (!job.entities.some(({ id }) => id === entityId)) throw notFound(`Image of the job ${jobId}`, entityId);
        if (job.userId === user.id && job.reviewerId !== user.id && !['none', 'done'].includes(status)) access.job(user, jobId, 'manage jobs');
        setReviewStatus(site, job, entityId, status, user);
        site.changed(job);
        return { success: true };
      }),
    'jobs.reject': put(open({ id: ID }, { mode: oneOf(['all', 'unmarked']) }), ({ id, mode = 'all' }, { user }) => {
      const job = access.job(user, id, 'manage jobs');
      reject(site, job, mode === 'all' ? REVIEW_STATUSES : ['none', 'done'], user);
      return { success: true };
    }),
    'jobs.restart': post(
      closed({ id: ID }, {
        completeExisting: FLAG,
        userIds: list(ID, { minItems: 1, uniqueItems: true }),
        reviewerId: nullable(ID),
        name: NAME,
        restartEntitiesMode: oneOf(Object.keys(REWORK)),
        rejectNotAcceptedEntities: FLAG,
      }),
      ({ id, ...restart }, { user }) => {
        const jobs = restartJob(site, access.job(user, id, 'manage jobs'), restart, user);
        return jobs.map(({ id: jobId, userId, name }) => ({ id: jobId, userId, type: 'annotation', name }));
      }),
  };
}

function reject(site: Site, job: Job, from: readonly ReviewStatus[], user: User): void {
  for (const { id, reviewStatus } of job.entities) if (from.includes(reviewStatus)) setReviewStatus(site, job, id, 'rejected', user);
  site.changed(job);
}

/** New jobs of the rejected images, one a labeler; the old one is done with. */
export function restartJob(site: Site, job: Job, given: Restart, user: User): Job[] {
  const { store } = site;
  const { completeExisting = true, userIds = [job.userId], reviewerId = job.reviewerId, name = job.name, restartEntitiesMode = 'rejected' } = given;
  const team = store.teams.get(job.teamId)!;
  for (const id of [...userIds, ...reviewerId === null ? [] : [reviewerId]]) checkMember(site, team, id);
  const [project, dataset] = [store.projects.get(job.projectId), job.datasetId === null ? undefined : store.datasets.get(job.datasetId)];
  const again = job.entities.filter(({ reviewStatus }) => REWORK[restartEntitiesMode].includes(reviewStatus));
  const images = again.map(({ id }) => store.images.get(id)).filter((image): image is Image => image !== undefined);
  if (!project || images.length === 0) {
    throw badRequest(`No images found: the job ${job.id} has no image that is ${restartEntitiesMode.replace('_', ' ')}`);
  }
  if (given.rejectNotAcceptedEntities) reject(site, job, ['none', 'done'], user);
  if (completeExisting) setStatus(site, job, 'completed');
  const { readme, description, customData, meta } = job;
  const [words, work] = [{ name, readme, description, reviewerId, customData }, { team, project, dataset, meta, images }];
  return userIds.map((userId) => addJob(site, words, work, userId, user));
}
