import type { Look } from './look';
import { JobState, jobState } from '../../src/model/job-state';
import type { Ledger } from '../../src/model/ledger';
import { type GroupJob, groupStatus } from '../../src/model/supervisely/group-job';
import { parseRecordName } from '../../src/model/supervisely/group-names';
import { LABELING_JOB_ATTRIBUTES, type LabelingJobAttributes } from '../../src/supervisely/private/labeling-job-contract';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes. */
const MAX_MESSAGE_BYTES = 1000;

/** The server knows no such status, because there is no job yet. */
export const PREPARING = 'preparing';

/** The jobs that count: the newest of each declared labeler, in the declared order. */
export function newestJobs({ jobs, desired }: Pick<Look, 'jobs' | 'desired'>): GroupJob[] {
  return desired.labelers.flatMap((userId) => {
    const line = jobs.filter((job) => job.identity === desired.identity && job.userId === userId);
    return line.sort((a, b) => b.generation - a.generation).slice(0, 1);
  });
}

/** What the ledger knows of a group whose server or people cannot be looked up. */
export function recordedAttributes({ generations, desired }: Ledger, notes: readonly string[]): LabelingJobAttributes {
  const own = generations.filter((one) => one.identity === desired?.identity && one.arn !== undefined);
  const lines = new Map(own.sort((a, b) => a.generation - b.generation).map((one) => [parseRecordName(one.name)!.userId, one]));
  const jobs = [...lines.values()];
  const { teamId = '', datasetId = '' } = jobs[0]?.tags ?? {};
  return {
    ...Object.fromEntries(LABELING_JOB_ATTRIBUTES.map((name) => [name, ''])) as LabelingJobAttributes,
    JobId: jobs[0]?.arn ?? '',
    JobIds: jobs.map(({ arn }) => arn).join(','),
    LabelerIds: [...lines.keys()].join(','),
    Generation: String(Math.max(0, ...jobs.map(({ generation }) => generation))),
    TeamId: teamId,
    DatasetId: datasetId,
    ImagesCount: '0',
    FinishedImagesCount: '0',
    AcceptedImagesCount: '0',
    RejectedImagesCount: '0',
    LabeledImagesCount: '0',
    UnlabeledImagesCount: '0',
    Message: cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES),
  };
}

/**
 * What a group is in a word of the server's, and in one that is common to all job systems. Both are empty where a group has no jobs, unless that is
 * because there is nothing to label.
 */
export function statusOf(seen: Pick<Look, 'jobs' | 'desired' | 'awaiting'>): { readonly status: string; readonly state: string } {
  if (seen.awaiting) return { status: PREPARING, state: JobState.PENDING };
  const status = groupStatus(newestJobs(seen).map((job) => job.status)) ?? (isAboutNothing(seen.desired) ? 'completed' : undefined);
  return status === undefined ? { status: '', state: '' } : { status, state: jobState('supervisely', status)! };
}

/** No image is selected, for any labeler: all that there is to label is labeled. */
function isAboutNothing({ labelers, withoutImages = [] }: Look['desired']): boolean {
  return labelers.length > 0 && labelers.every((userId) => withoutImages.includes(userId));
}

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. */
export function attributes(seen: Look, notes: readonly string[]): LabelingJobAttributes {
  const jobs = newestJobs(seen);
  const { status, state } = statusOf(seen);
  const { team, dataset } = { ...seen.awaiting, ...seen.resolved };
  const sum = (count: 'images' | 'finished' | 'accepted' | 'rejected') => String(jobs.reduce((total, job) => total + job[count], 0));
  return {
    JobId: String(jobs[0]?.jobId ?? ''),
    JobIds: jobs.map(({ jobId }) => jobId).join(','),
    LabelerIds: jobs.map(({ userId }) => userId).join(','),
    Statuses: jobs.map((job) => job.status).join(','),
    Status: status,
    State: state,
    // of those that are prepared for: the first one
    Generation: String(Math.max(seen.awaiting ? 1 : 0, ...jobs.map(({ generation }) => generation))),
    TeamId: String(team?.id ?? ''),
    ProjectId: String(dataset?.projectId ?? ''),
    DatasetId: String(dataset?.id ?? ''),
    ImagesCount: sum('images'),
    FinishedImagesCount: sum('finished'),
    AcceptedImagesCount: sum('accepted'),
    RejectedImagesCount: sum('rejected'),
    LabeledImagesCount: String(jobs.reduce((total, { images, left = [] }) => total + images - left.length, 0)),
    UnlabeledImagesCount: String(jobs.reduce((total, { left = [] }) => total + left.length, 0)),
    Message: cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES),
  };
}
