import { ForwardRun } from './forward-run';
import { openObject, publish, readRecord } from './forward-waiting';
import { labelAttributeOf, OpenObjects } from './open-objects';
import { readOutputManifest, takeAll } from './output-manifest';
import { Result } from './results';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { parseObjectId } from '../../src/model/stream/object-id';
import type { CreateRequest, JobDescription } from '../labeling-job/ports';
import { mapBounded } from '../shared/bounded';
import { log } from '../shared/log';

const AT_ONCE = 50;
const HOUR_MS = 3_600_000;

/** What the pass before may have opened and not published waits still: it is published again, and the job drops what it has. */
export async function publishLeft(run: ForwardRun, open: OpenObjects): Promise<void> {
  if (run.isSettled) return;
  const { store } = run.ports;
  run.isSettled = true;
  const left = await mapBounded(open.ids, AT_ONCE, async (id) => (await store.exists(`${STREAM_KEYS.waiting}${id}`) ? openObject(run, open, id) : undefined));
  const publications = left.filter((one) => typeof one === 'object');
  if (publications.length > 0) log('published again', { job: open.job, objects: publications.length });
  await publish(run, publications);
}

/**
 * What is open for longer than the job lets it be has been labeled, and its message was lost, or will not be: it has expired, or the job never
 * got it.
 */
export async function closeOverdue(run: ForwardRun, job: JobDescription, open: OpenObjects): Promise<void> {
  const { ports: { store, now } } = run;
  const overdue = open.openedBefore(now() - longestMs(job));
  if (overdue.length === 0) return;
  // a mark that a late write has made again
  const done = await mapBounded(overdue, AT_ONCE, (id) => store.exists(`${STREAM_KEYS.done}${parseObjectId(id)!.digest}`));
  const closed = overdue.filter((_, index) => done[index]);
  if (closed.length > 0) await store.remove(closed.map((id) => open.key(id)));
  closed.forEach((id) => open.delete(id));
  const left = new Set(overdue.filter((id) => open.has(id)));
  if (left.size === 0) return;

  const { isRead } = await readOutputManifest(run, job, open, left, { offset: 0, labeled: 0 });
  if (!isRead) return run.lookAgainAfter(0);
  const failures = await mapBounded([...left].filter((id) => open.has(id)), AT_ONCE, (id) => overdueResult(run, job, id));
  log('objects are open for too long', { job: job.name, objects: left.size, failed: failures.length });
  await takeAll(run, open, failures);
}

async function overdueResult(run: ForwardRun, job: JobDescription, id: string): Promise<Result> {
  const { ports: { now }, configuration: { stream } } = run;
  const of = parseObjectId(id)!;
  const stored = await readRecord(run, of.digest);
  const labelAttributeName = labelAttributeOf(job);
  const object = { stream, key: stored?.key, receivedAt: stored?.receivedAt ?? now(), forwardedAt: now(), labelingJobName: job.name, labelAttributeName };
  const record = JSON.parse(stored?.line ?? '{}') as Record<string, unknown>;
  const failure = `the job did not label it within its TaskAvailabilityLifetimeInSeconds and TaskTimeLimitInSeconds, ${(longestMs(job) - HOUR_MS) / 1000} seconds together`;
  return { output: { id, of, object, jobNames: [job.name], labelAttributeName, record }, at: now(), failure };
}

function longestMs({ request }: JobDescription): number {
  const { TaskAvailabilityLifetimeInSeconds = 864_000, TaskTimeLimitInSeconds = 0 } = (request as unknown as CreateRequest).HumanTaskConfig!;
  return (TaskAvailabilityLifetimeInSeconds + TaskTimeLimitInSeconds) * 1000 + HOUR_MS;
}
