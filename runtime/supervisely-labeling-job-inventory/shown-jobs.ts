import { type InventoryQuery, isNamed } from '../../src/model/supervisely/inventory-request';
import type { LabelingJobInventoryInput } from '../../src/supervisely/private/labeling-job-inventory-contract';
import { mapBounded } from '../shared/bounded';
import type { Caller } from '../shared/supervisely/client';
import { type ServerJob, ServerJobs } from '../shared/supervisely/jobs';

/** Jobs about which more is asked at once; the server says nowhere how many calls it takes. */
const AT_ONCE = 8;

type Asked = Pick<LabelingJobInventoryInput, 'reviewStates' | 'statistics' | 'activity'>;

/** A job as the record has it: in the server's own form, with what was asked for beside it. */
type ListedJob = ServerJob & { readonly stats?: unknown; readonly activity?: readonly unknown[] };

/** The jobs that are meant, with all that is asked for about them; a job that has gone in between has none of it, and is left out. */
export function shownJobs(query: InventoryQuery, asked: Asked, caller: Caller): (jobs: readonly ServerJob[]) => AsyncGenerator<ListedJob> {
  const server = new ServerJobs(caller);
  const isMore = asked.reviewStates || asked.statistics || asked.activity;
  return async function* shown(jobs) {
    const named = jobs.filter((job) => isNamed(job, query));
    if (!isMore) return yield* named;
    for (const job of await mapBounded(named, AT_ONCE, (one) => inDetail(one, asked, server))) if (job) yield job;
  };
}

async function inDetail(listed: ServerJob, { reviewStates, statistics, activity }: Asked, server: ServerJobs): Promise<ListedJob | undefined> {
  const job = reviewStates ? await server.info(listed.id) : listed;
  const stats = job && statistics ? await server.stats(job.id) : undefined;
  if (!job || (statistics && stats === undefined)) return undefined;
  return { ...job, ...(stats !== undefined && { stats }), ...(activity && { activity: await server.activity(job) }) };
}
