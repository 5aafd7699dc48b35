import { badRequest, forbidden } from '../errors';
import { addJob, checkMember, checkedWork, type GivenWork } from './create';
import { EDITABLE_META, JOB, refuseToolbox, refuseUnserved } from './spec';
import { setStatus } from './status';
import { jobInfo, jobListing } from './view';
import { closed, FLAG, ID, list, MAP, oneOf, open } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post, put } from '../server/method';
import type { Site } from '../site';
import { type Job, JOB_STATUSES } from '../store/job-records';

interface GivenJob extends GivenWork {
  readonly datasetId: number;
  readonly userIds: readonly number[];
  readonly srcJobId?: number;
  readonly additionalDatasetIds?: readonly number[];
}

/** As many as one call removes. */
const BATCH = 50;

/** Labeling jobs: making, finding, changing, ending them. */
export function jobMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'jobs.add': post(JOB, (input: GivenJob, { user }) => {
      refuseUnserved(input);
      const work = checkedWork(site, input, input, [...input.userIds, ...input.reviewerId ? [input.reviewerId] : []], user);
      const jobs = input.userIds.map((userId) => addJob(site, input, work, userId, user));
      return jobs.map(({ id, name, userId }) => ({ id, name, userId }));
    }),
    'jobs.list': get(open({ teamId: ID }, { ...LIST_MEMBERS, showDisabled: FLAG, participantUserIds: list(ID) }), (input, { user }) => {
      const jobs = store.jobs.of(access.team(user, input.teamId).id);
      const among = input.participantUserIds as number[] | undefined;
      const shown = jobs.filter((job) => (input.showDisabled === true || !job.disabled)
        && (among?.some((id) => [job.userId, job.reviewerId, job.createdBy].includes(id)) ?? true));
      return listPage(input, shown, jobListing(site));
    }),
    'jobs.info': get(open({ id: ID }), ({ id }, { user }) => jobInfo(site, access.job(user, id))),
    'jobs.editInfo': put(
      closed({ id: ID }, { userId: ID, reviewerId: ID, customData: MAP, meta: EDITABLE_META }),
      ({ id, userId, reviewerId, customData, meta }, { user }) => {
        const job = access.job(user, id, 'manage jobs');
        for (const one of [userId, reviewerId]) if (one !== undefined) checkMember(site, store.teams.get(job.teamId)!, one);
        if (meta?.toolboxSettings !== undefined) refuseToolbox(store.projects.get(job.projectId)!);
        Object.assign(job, {
          ...(userId !== undefined && { userId }),
          ...(reviewerId !== undefined && { reviewerId }),
          ...(customData !== undefined && { customData }),
          ...(meta !== undefined && { meta: { ...job.meta, others: { ...job.meta.others, ...meta } } }),
        });
        site.changed(job);
        return {};
      }),
    'jobs.set-status': put(open({ id: ID, status: oneOf(JOB_STATUSES) }), ({ id, status }, { user }) => {
      const job = access.job(user, id, 'label');
      if (job.userId !== user.id) access.job(user, id, 'manage jobs');
      setStatus(site, job, status);
      return { success: true };
    }),
    'jobs.stop': put(open({ id: ID }), ({ id }, { user }) => {
      setStatus(site, access.job(user, id, 'manage jobs'), 'stopped');
      return { success: true };
    }),
    'jobs.archive': post(open({ id: ID }), ({ id }, { user }) => {
      const job = access.job(user, id, 'manage jobs');
      job.disabled = true;
      site.changed(job);
      return {};
    }),
    'jobs.bulk.remove': post(closed({ ids: list(ID, { minItems: 1, maxItems: BATCH }) }), ({ ids }, { user }) => {
      const jobs = ids.map((id: number) => access.job(user, id, 'manage jobs')) as Job[];
      if (new Set(jobs.map(({ teamId }) => teamId)).size > 1) throw badRequest('jobs of one call must belong to one team');
      if (jobs.some(({ labelingQueueId }) => labelingQueueId !== null)) throw forbidden('jobs of a queue are removed with the queue');
      for (const job of jobs) {
        store.jobs.remove(job.id);
        job.disabled = true;
        site.changed(job);
      }
      return {};
    }),
  };
}
