import type { Memory } from './memory';
import type { Profiles, ReviewerProfile } from './profiles';
import type { Task } from './tasks';
import { restartJob } from '../jobs/review-methods';
import { setReviewStatus, setStatus } from '../jobs/status';
import type { Site } from '../site';
import type { Job, JobEntity } from '../store/job-records';
import type { User } from '../store/records';

const SECONDS_TO_FINISH = 5;
/** After so many rounds a reviewer is content. */
const MOST_ROUNDS = 3;

/** What a reviewer does for a job: judges image after image, then decides on the whole. */
export class ReviewerTasks {
  private readonly random: () => number;

  constructor(private readonly site: Site, private readonly profiles: Profiles, private readonly memory: Memory) {
    this.random = site.core.random('supervisely reviewers');
  }

  next(job: Job, reviewer: User): Task | undefined {
    if (!this.reviewersOf(job).includes(reviewer.id)) return undefined;
    const at = job.status;
    const isStillThere = (): boolean => job.status === at && !job.disabled && this.reviewersOf(job).includes(reviewer.id);
    const profile = this.profiles.reviewer(reviewer.login);
    const entity = job.entities.find((one) => this.isToJudge(job, one));
    if (entity) {
      const carryOut = (): void => { if (this.isToJudge(job, entity)) this.judge(job, entity, reviewer, profile); };
      return { label: `${reviewer.login} reviews the job ${job.id}`, seconds: profile.secondsPerImage, isStillThere, carryOut };
    }
    if (at !== 'on_review' && at !== 'review_completed') return undefined;
    const label = `${reviewer.login} decides on the job ${job.id}`;
    return { label, seconds: SECONDS_TO_FINISH, isStillThere, carryOut: () => this.decide(job, reviewer, profile) };
  }

  /** The reviewer of the job, the reviewers of its queue (of others' work, unless it says otherwise); where nobody has been named, whoever made the job. */
  reviewersOf(job: Job): readonly number[] {
    const queue = job.labelingQueueId === null ? undefined : this.site.store.queues.get(job.labelingQueueId);
    if (!queue) return [job.reviewerId ?? job.createdBy];
    return queue.queueMeta.reviewOwnAnnotationsAvailable ? queue.reviewers : queue.reviewers.filter((id) => id !== job.userId);
  }

  private isToJudge(job: Job, { reviewStatus }: JobEntity): boolean {
    if (job.labelingQueueId !== null) return job.status === 'in_progress' && reviewStatus === 'done';
    return job.status === 'on_review' && (reviewStatus === 'done' || reviewStatus === 'none');
  }

  private judge(job: Job, entity: JobEntity, reviewer: User, { rejects, finds }: ReviewerProfile): void {
    const hasMistake = entity.reviewStatus === 'none' || this.memory.mistakes(job).get(entity.id) === true;
    const isRejected = this.memory.roundsOf(job) < MOST_ROUNDS && (this.random() < rejects || (hasMistake && this.random() < finds));
    setReviewStatus(this.site, job, entity.id, isRejected ? 'rejected' : 'accepted', reviewer);
    if (isRejected && job.labelingQueueId !== null) this.memory.sentBack(job);
    this.site.changed(job);
  }

  private decide(job: Job, reviewer: User, { rework }: ReviewerProfile): void {
    const isRejected = job.entities.some(({ reviewStatus }) => reviewStatus === 'rejected');
    if (isRejected && rework === 'return') {
      this.memory.sentBack(job);
      setStatus(this.site, job, 'in_progress');
    } else if (isRejected && rework === 'restart') {
      restartJob(this.site, job, { completeExisting: true }, reviewer);
    } else {
      setStatus(this.site, job, job.status === 'on_review' && job.meta.others.enableIntermediateReview === true ? 'review_completed' : 'completed');
    }
  }
}
