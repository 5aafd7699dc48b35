import type { Site } from '../site';
import type { Job, JobStatus, ReviewStatus } from '../store/job-records';
import type { User } from '../store/records';

/** Any status may follow any other, as documented; the times say what has been reached, and going back takes them back. */
export function setStatus(site: Site, job: Job, status: JobStatus): void {
  if (job.status === status) return;
  const now = site.now();
  const isOpen = status === 'pending' || status === 'in_progress';
  job.status = status;
  job.startedAt = status === 'pending' ? null : job.startedAt ?? (status === 'stopped' ? null : now);
  if (isOpen) job.annotationFinishedAt = null;
  else if (status !== 'stopped') job.annotationFinishedAt ??= now;
  if (isOpen || status === 'on_review') job.reviewFinishedAt = null;
  else if (status !== 'stopped') job.reviewFinishedAt ??= now;
  job.finishedAt = status === 'completed' || status === 'stopped' ? now : null;
  site.changed(job);
}

/** An image's review status within a job, which activity tells. */
export function setReviewStatus(site: Site, job: Job, entityId: number, reviewStatus: ReviewStatus, by: User): void {
  const entity = job.entities.find(({ id }) => id === entityId)!;
  if (entity.reviewStatus === reviewStatus) return;
  entity.reviewStatus = reviewStatus;
  const { teamId, projectId, datasetId, id: jobId, userId: labelerId } = job;
  const where = { teamId, projectId, datasetId, imageId: entityId, jobId, userId: by.id };
  site.record({ ...where, action: 'image_review_status_updated', meta: { reviewStatus, labelerId } });
}
