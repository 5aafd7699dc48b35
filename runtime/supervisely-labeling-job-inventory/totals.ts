import { JOB_STATUSES, type SuperviselyJobStatus } from '../../src/model/supervisely/limits';
import type { LabelingJobInventoryAttributes } from '../../src/supervisely/private/labeling-job-inventory-contract';
import type { ServerJob } from '../shared/supervisely/jobs';

const COUNTERS = ['imagesCount', 'finishedImagesCount', 'acceptedImagesCount', 'rejectedImagesCount'] as const;

/** Jobs for each status and images over all of them, added up while the jobs stream by. */
export class Totals {
  total = 0;
  readonly statuses = zeros<SuperviselyJobStatus>(JOB_STATUSES);
  readonly images = zeros(COUNTERS);

  add(job: ServerJob): void {
    this.total += 1;
    // a status that is not known yet counts in the total, and stands in the record
    if (Object.hasOwn(this.statuses, job.status)) this.statuses[job.status] += 1;
    for (const counter of COUNTERS) this.images[counter] += job[counter] ?? 0;
  }

  attributes(recordUri: string, truncated: boolean): LabelingJobInventoryAttributes {
    const { statuses, images } = this;
    return {
      Total: String(this.total),
      Pending: String(statuses.pending),
      InProgress: String(statuses.in_progress),
      OnReview: String(statuses.on_review),
      ReviewCompleted: String(statuses.review_completed),
      Completed: String(statuses.completed),
      Stopped: String(statuses.stopped),
      ImagesCount: String(images.imagesCount),
      FinishedImagesCount: String(images.finishedImagesCount),
      AcceptedImagesCount: String(images.acceptedImagesCount),
      RejectedImagesCount: String(images.rejectedImagesCount),
      RecordUri: recordUri,
      Truncated: String(truncated),
    };
  }
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
