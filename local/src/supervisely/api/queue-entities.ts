import { entityStatus } from './queue-view';
import { type ListInput, listPage } from '../server/listing';
import type { Site } from '../site';
import type { Queue } from '../store/job-records';

interface Input extends ListInput {
  readonly entityStatus?: ReadonlyArray<string | null>;
}

/** The images of a queue, with who has them and how far they are. */
export function queueEntities(site: Site, queue: Queue, input: Input): object {
  const { store } = site;
  const all = queue.entities.map(({ id, jobId }) => {
    const job = jobId === null ? undefined : store.jobs.get(jobId);
    return { id, name: store.images.get(id)?.name ?? null, jobId, status: entityStatus(site, id, jobId), userId: job?.userId ?? null };
  });
  const wanted = all.filter(({ status }) => input.entityStatus?.includes(status) ?? true);
  const page = listPage(input, wanted, {
    fields: { name: ({ name }) => name, status: ({ status }) => status, jobId: ({ jobId }) => jobId, userId: ({ userId }) => userId },
    view: ({ status, ...entity }) => ({ ...entity, reviewStatus: status, entityStatus: status }),
  }) as { total: number; entities: object[] };
  return { images: page.entities, total: page.total };
}
