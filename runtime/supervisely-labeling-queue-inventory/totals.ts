import { JOB_STATUSES } from '../../src/model/supervisely/limits';
import type { QueueCounts } from '../../src/model/supervisely/own-queue';
import type { LabelingQueueInventoryAttributes } from '../../src/supervisely/private/labeling-queue-inventory-contract';
import { countsOf, type ServerQueue } from '../shared/supervisely/queues';

const COUNTERS = ['images', 'pending', 'inProgress', 'annotated', 'accepted'] as const satisfies ReadonlyArray<keyof QueueCounts>;

/** Queues for each status and images over all of them, added up while the queues stream by. */
export class Totals {
  total = 0;
  readonly statuses = zeros(JOB_STATUSES);
  readonly images = zeros(COUNTERS);

  add(queue: ServerQueue): void {
    this.total += 1;
    // a status that is not known yet counts in the total, and stands in the record
    if (Object.hasOwn(this.statuses, queue.status)) this.statuses[queue.status] += 1;
    const counts = countsOf(queue);
    for (const counter of COUNTERS) this.images[counter] += counts[counter];
  }

  attributes(recordUri: string, truncated: boolean): LabelingQueueInventoryAttributes {
    const { statuses, images } = this;
    return {
      Total: String(this.total),
      Pending: String(statuses.pending),
      InProgress: String(statuses.in_progress),
      OnReview: String(statuses.on_review),
      ReviewCompleted: String(statuses.review_completed),
      Completed: String(statuses.completed),
      Stopped: String(statuses.stopped),
      ImagesCount: String(images.images),
      PendingImagesCount: String(images.pending),
      InProgressImagesCount: String(images.inProgress),
      AnnotatedImagesCount: String(images.annotated),
      AcceptedImagesCount: String(images.accepted),
      RecordUri: recordUri,
      Truncated: String(truncated),
    };
  }
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
