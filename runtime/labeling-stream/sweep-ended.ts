import { AGAIN } from './accept';
import { ForwardRun } from './forward-run';
import { OpenObjects } from './open-objects';
import { readOutputManifest } from './output-manifest';
import { Descriptions, isLive, PresentJob } from './present-job';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import type { JobDescription } from '../labeling-job/ports';
import { mapBounded } from '../shared/bounded';
import { log, logError } from '../shared/log';

const AT_ONCE = 50;
/** After a job's end its last messages may be on their way. */
const SETTLED_AFTER_MS = 120_000;
/** So long they are waited for where the manifest has fewer labels than the job counts. */
const STALE_AFTER_MS = 900_000;
const UNKNOWN_LOOK_MS = 900_000;

/**
 * Nothing that was given to a job that has ended stays open for it: what its output says is taken, all else waits again. `true` when nothing
 * is open for any job but the present one, so that no object can be with two of them.
 */
export async function sweepEnded(run: ForwardRun, present: PresentJob, descriptions: Descriptions): Promise<boolean> {
  let isClear = true;
  for await (const name of run.ports.store.folders(STREAM_KEYS.open)) {
    if (present.kind === 'ready' && name === present.job.name) continue;
    const job = await descriptions.of(name);
    if (job && !isLive(job)) isClear = await sweep(run, job) && isClear;
    else isClear = stillOpen(run, name, job);
  }
  return isClear;
}

/** The end of a job wakes the forwarder. */
function stillOpen(run: ForwardRun, name: string, job: JobDescription | undefined): false {
  if (job) return false;
  logError('objects are open for a job that the service does not show: nothing else is forwarded', new Error(name));
  run.lookAgainAfter(UNKNOWN_LOOK_MS);
  return false;
}

async function sweep(run: ForwardRun, job: JobDescription): Promise<boolean> {
  const { ports: { store, now }, lease } = run;
  const settled = job.modifiedAt + SETTLED_AFTER_MS;
  if (now() < settled) {
    run.lookAgainAt(settled);
    return false;
  }
  const open = await OpenObjects.of(job, store);
  const { sweep: former } = lease.state;
  const begun = former?.job === job.name ? former : { job: job.name, offset: 0, labeled: 0 };
  const read = begun.read ? { ...begun, isRead: true } : await readOutputManifest(run, job, open, new Set(open.ids), begun);
  await lease.save({ sweep: { job: job.name, offset: read.offset, labeled: read.labeled, ...read.isRead ? { read: true } : {} } });
  if (!read.isRead) {
    run.lookAgainAfter(0);
    return false;
  }
  const stale = job.modifiedAt + STALE_AFTER_MS;
  if (read.labeled < job.counters.totalLabeled && now() < stale) {
    log('the manifest of an ended job has fewer labels than the job counts: its messages are waited for', { job: job.name, labeled: read.labeled });
    run.lookAgainAt(stale);
    return false;
  }
  await giveBack(run, open);
  lease.note({ sweep: undefined });
  return true;
}

/** The waiting mark first. It says that somebody should look: a message may come late. */
async function giveBack(run: ForwardRun, open: OpenObjects): Promise<void> {
  const { ids } = open;
  if (ids.length === 0) return;
  const { store } = run.ports;
  await mapBounded(ids, AT_ONCE, (id) => store.put(`${STREAM_KEYS.waiting}${id}`, AGAIN));
  await store.remove(ids.map((id) => open.key(id)));
  run.returned += ids.length;
  log('objects without label wait again', { job: open.job, objects: ids.length });
}
