import { collectedBy, type CollectionFilter } from './collections';
import { entityStatus } from './queue-view';
import { type ListInput, listPage } from '../server/listing';
import type { Site } from '../site';
import type { Queue, ReviewStatus } from '../store/job-records';
import type { User } from '../store/records';

/** Null: nobody has taken it; none: somebody labels it, or gets it back; done: it waits for its review. */
export const ENTITY_STATUSES = [null, 'none', 'done', 'accepted'] as const;

interface Input extends ListInput {
  readonly entityStatus?: ReadonlyArray<typeof ENTITY_STATUSES[number]>;
  readonly filters?: readonly CollectionFilter[];
}

/** The images of a queue, with who has them and how far they are. */
export function queueEntities(site: Site, queue: Queue, input: Input, user: User): object {
  const { store } = site;
  const all = queue.entities.map(({ id, jobId }) => {
    const job = jobId === null ? undefined : store.jobs.get(jobId);
    return { id, name: store.images.get(id)?.name ?? null, jobId, status: entityStatus(site, id, jobId), userId: job?.userId ?? null };
  });
  const isCollected = collectedBy(site, input.filters, user);
  const wanted = all.filter(({ id, status }) => isCollected(id) && (input.entityStatus?.includes(stageOf(status)) ?? true));
  const page = listPage(input, wanted, {
    fields: { name: ({ name }) => name, status: ({ status }) => status, jobId: ({ jobId }) => jobId, userId: ({ userId }) => userId },
    view: ({ status, ...entity }) => ({ ...entity, reviewStatus: status, entityStatus: status }),
  }) as { total: number; entities: object[] };
  return { images: page.entities, total: page.total };
}

/** Where an image stands in its way through the queue. */
function stageOf(status: ReviewStatus | null): typeof ENTITY_STATUSES[number] {
  if (status === 'rejected') return 'none';
  return status === 'quality_check_accepted' ? 'accepted' : status;
}
