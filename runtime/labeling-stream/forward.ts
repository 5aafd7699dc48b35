import { ForwardRun } from './forward-run';
import { forwardWaiting, WaitingView } from './forward-waiting';
import { closeOverdue, publishLeft } from './mend-open';
import { metricLines } from './metrics';
import { OpenObjects } from './open-objects';
import { NotTaken } from './output-manifest';
import { ForwardPorts } from './ports';
import { Descriptions, PresentJob, presentJob } from './present-job';
import { readSeeds } from './seeds';
import { LeaseLost, StreamLease } from './stream-lease';
import { sweepEnded } from './sweep-ended';
import { ForwardConfiguration, STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { roomOf } from '../../src/model/stream/job-room';
import type { CreateRequest, JobDescription } from '../labeling-job/ports';
import { errorMessage, errorName, isTransient } from '../shared/errors';
import { log } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

const MINUTE_MS = 60_000;
const NO_JOB_LOOK_MS = 15 * MINUTE_MS;
const TROUBLE_LOOK_MS = MINUTE_MS / 2;
/** What waits is counted on so far in each look, and to its end once in a while: a million objects are a thousand calls. */
const COUNT_UP_TO = 5_000;
const COUNT_ALL_EVERY_MS = 15 * MINUTE_MS;

/** One of the stream's looks: what it left. */
interface Look {
  readonly waiting: number;
  readonly oldest?: number;
  readonly open: number;
  readonly withoutJob: boolean;
}

/** Whatever woke it: looks at the stream until there is nothing to do, or no time; then somebody is to wake it when there will be. */
export async function forward(configuration: ForwardConfiguration, ports: ForwardPorts): Promise<void> {
  const lease = await StreamLease.take(ports);
  if (lease === 'busy') return;
  const run = new ForwardRun(configuration, ports, lease);
  let last: Look | undefined;
  try {
    do {
      run.nextLookMs = undefined;
      last = await look(run);
    } while (await endLook(run) === 'wanted');
  } catch (error) {
    if (error instanceof LeaseLost) return log('another forwarder goes on', { reason: error.message });
    log('broken off, looking again soon', { reason: errorMessage(error) });
    // the marks say what is left to do: nothing need be known of where it broke off
    await lease.end(false, TROUBLE_LOOK_MS, false);
    if (!passes(error)) throw error;
  } finally {
    report(run, last);
  }
}

function passes(error: unknown): boolean {
  // a manifest may be written anew while it is read
  return isTransient(error) || error instanceof NotTaken || error instanceof LedgerConflict || errorName(error) === 'PreconditionFailed';
}

/** Goes on at once while there is something to do and time to do it. */
async function endLook(run: ForwardRun): Promise<'released' | 'wanted'> {
  const mayGoOn = !run.isTimeOver;
  if (mayGoOn && run.nextLookMs === 0) return 'wanted';
  return run.lease.end(run.isSettled, run.nextLookMs, mayGoOn);
}

async function look(run: ForwardRun): Promise<Look> {
  const descriptions = new Descriptions(run);
  const present = await presentJob(run, descriptions);
  const isClear = await sweepEnded(run, present, descriptions);
  const open = present.kind === 'ready' ? await OpenObjects.of(present.job, run.ports.store) : undefined;
  const view = present.kind === 'ready' && isClear ? await serve(run, present.job, open!) : await forwardWaiting(run, undefined, 0, countUpTo(run));
  if (await readSeeds(run)) run.lookAgainAfter(0);
  const opened = open?.size ?? await countOpen(run);
  const waiting = remember(run, view, opened);
  if (waiting > 0) whenToLook(run, present);
  return { waiting, oldest: view.oldest, open: opened, withoutJob: present.kind === 'none' && waiting > 0 };
}

async function serve(run: ForwardRun, job: JobDescription, open: OpenObjects): Promise<WaitingView> {
  await closeOverdue(run, job, open);
  await publishLeft(run, open);
  const { MaxConcurrentTaskCount = 1000, NumberOfHumanWorkersPerDataObject: workers = 1 } = (job.request as unknown as CreateRequest).HumanTaskConfig!;
  const capacity = { most: MaxConcurrentTaskCount, workers };
  const room = roomOf(open.size, capacity, run.lease.state.fullJob === job.name);
  const view = await forwardWaiting(run, open, room.objects, countUpTo(run));
  run.lease.note({ fullJob: roomOf(open.size, capacity, room.full).full ? job.name : undefined });
  if (!run.isSettled) run.lookAgainAfter(TROUBLE_LOOK_MS);
  if (run.isTimeOver) run.lookAgainAfter(0);
  return view;
}

async function countOpen({ ports: { store } }: ForwardRun): Promise<number> {
  let open = 0;
  for await (const _ of store.list(STREAM_KEYS.open)) open += 1;
  return open;
}

function countUpTo({ lease: { state: { counts } }, ports: { now } }: ForwardRun): number {
  return counts === undefined || now() - counts.countedAt >= COUNT_ALL_EVERY_MS ? Infinity : COUNT_UP_TO;
}

/** How many wait: as counted, or as last counted where that is more. */
function remember({ lease, ports: { now } }: ForwardRun, { seen, isAll }: WaitingView, open: number): number {
  const { counts } = lease.state;
  const waiting = isAll ? seen : Math.max(seen, counts?.waiting ?? 0);
  lease.note({ counts: { at: now(), countedAt: isAll ? now() : counts?.countedAt ?? 0, waiting, open } });
  return waiting;
}

/** While a job is full, its results wake the forwarder. */
function whenToLook(run: ForwardRun, present: PresentJob): void {
  if (present.kind === 'soon') run.lookAgainAfter(MINUTE_MS);
  // a renewal is soon under way; what takes longer needs a person
  if (present.kind === 'none') run.lookAgainAfter(run.ports.now() - (present.since ?? 0) < NO_JOB_LOOK_MS ? MINUTE_MS : NO_JOB_LOOK_MS);
}

function report({ configuration: { stream }, ports, forwarded, returned, labeled, attemptsFailed }: ForwardRun, last: Look | undefined): void {
  log('forwarded', { forwarded, returned, labeled, attemptsFailed, ...last });
  const state = last === undefined ? {} : {
    Waiting: last.waiting,
    Open: last.open,
    OldestWaitingAge: last.oldest === undefined || last.waiting === 0 ? 0 : Math.max(0, ports.now() - last.oldest) / 1000,
    WithoutJob: Number(last.withoutJob),
  };
  const results = { ...labeled > 0 ? { Labeled: labeled } : {}, ...attemptsFailed > 0 ? { LabelingFailed: attemptsFailed } : {} };
  metricLines(stream, { Forwarded: forwarded, ReturnedToWaiting: returned, ...results, ...state }, ports.now()).forEach(ports.emit);
}
