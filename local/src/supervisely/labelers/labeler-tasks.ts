import { labelImage } from './labeling';
import type { Memory } from './memory';
import type { Profiles } from './profiles';
import type { Task } from './tasks';
import { setReviewStatus, setStatus } from '../jobs/status';
import type { Site } from '../site';
import type { Job, JobEntity, Queue } from '../store/job-records';
import type { User } from '../store/records';

const SECONDS_TO_SUBMIT = 5;

/** What a labeler does for a job: opens it, labels image after image, submits it. */
export class LabelerTasks {
  constructor(private readonly site: Site, private readonly profiles: Profiles, private readonly memory: Memory) {}

  next(job: Job, labeler: User): Task | undefined {
    if (job.userId !== labeler.id) return undefined;
    const at = job.status;
    const isStillThere = (): boolean => job.status === at && job.userId === labeler.id && !job.disabled;
    const { secondsToStart, secondsPerImage } = this.profiles.labeler(labeler.login);
    if (at === 'pending') {
      const label = `${labeler.login} opens the job ${job.id}`;
      return { label, seconds: secondsToStart, isStillThere, carryOut: () => setStatus(this.site, job, 'in_progress') };
    }
    if (at !== 'in_progress') return undefined;
    const entity = job.entities.find(({ reviewStatus }) => reviewStatus === 'none' || reviewStatus === 'rejected') ?? this.taken(job);
    if (entity) {
      const label = `${labeler.login} labels for the job ${job.id}`;
      return { label, seconds: secondsPerImage, isStillThere, carryOut: (seconds) => this.label(job, entity, labeler, seconds) };
    }
    if (!this.canSubmit(job)) return undefined;
    const done = job.labelingQueueId === null ? 'on_review' : 'completed';
    return { label: `${labeler.login} submits the job ${job.id}`, seconds: SECONDS_TO_SUBMIT, isStillThere, carryOut: () => setStatus(this.site, job, done) };
  }

  private label(job: Job, entity: JobEntity, labeler: User, seconds: number): void {
    const image = this.site.store.images.get(entity.id);
    if (image) {
      const isRight = labelImage(this.site, job, image, labeler, this.profiles.labeler(labeler.login), entity.reviewStatus === 'rejected');
      this.memory.mistakes(job).set(entity.id, !isRight);
    }
    entity.seconds += Math.round(seconds);
    const { teamId, projectId, datasetId, id: jobId } = job;
    const where = { teamId, projectId, datasetId, imageId: entity.id, jobId, userId: labeler.id };
    this.site.record({ ...where, action: 'annotation_duration', meta: { duration: Math.round(seconds) } });
    setReviewStatus(this.site, job, entity.id, 'done', labeler);
    this.site.changed(job);
  }

  /** The next image that waits in the job's queue. */
  private taken(job: Job): JobEntity | undefined {
    const waiting = this.queueOf(job)?.entities.find(({ jobId }) => jobId === null);
    if (!waiting) return undefined;
    waiting.jobId = job.id;
    const entity: JobEntity = { id: waiting.id, reviewStatus: 'none', seconds: 0 };
    job.entities.push(entity);
    return entity;
  }

  /** A job of a queue ends when nothing waits any more and all of its own images have been accepted. */
  private canSubmit(job: Job): boolean {
    const queue = this.queueOf(job);
    return !queue || (!queue.queueMeta.skipCompleteAnnotationJobOnEmpty && job.entities.every(({ reviewStatus }) => reviewStatus === 'accepted'));
  }

  private queueOf({ labelingQueueId }: Job): Queue | undefined {
    return labelingQueueId === null ? undefined : this.site.store.queues.get(labelingQueueId);
  }
}
