import { saveMessages } from './clear-queue';
import { StreamPorts } from './ports';
import { jobQueueName } from './sqs-job-queues';
import { lastForwardedAt, stateUri, streamOf } from './stream-store';
import { hasEnded, jobState, JobState } from '../../../src/model/job-state';
import { findGeneration, learn, recordSaving } from '../../../src/model/ledger-transitions';
import { StreamSource } from '../../../src/model/stream';
import { isAccessDenied, UserError } from '../../shared/errors';
import type { Writer } from '../../shared/ledger-session';
import { log } from '../../shared/log';
import { under } from '../../shared/s3-uri';
import type { ObservedJob } from '../observe';
import type { CreateRequest } from '../ports';

/** SQS counts the messages of a queue rightly a minute after the last was sent. */
const SETTLING_MS = 60_000;

type Session = Pick<Writer, 'ledger' | 'commit'>;

/**
 * The service leaves the queue of an ended streaming job behind. Such a job has ended for us when its queue is gone, and what that held is safe:
 * until then it is shown as stopping. This comes before its end is recorded, so that whoever dies in between is followed by somebody who
 * does it again.
 */
export async function settleEnded(
  jobs: readonly ObservedJob[], session: Session, ports: StreamPorts, declared?: StreamSource,
): Promise<ObservedJob[]> {
  if (!jobs.some((job) => isUnsettled(job, session))) return [...jobs];
  await session.commit((ledger) => learn(ledger, jobs.map((job) => (isUnsettled(job, session) ? unsettled(job) : job))));
  const settled: ObservedJob[] = [];
  for (const job of jobs) settled.push(isUnsettled(job, session) ? await settle(job, session, declared, ports) : job);
  return settled;
}

/** Not ended yet, as far as we are concerned. */
export function unsettled<Job extends Pick<ObservedJob, 'state' | 'stream'>>(job: Job): Job {
  return job.stream !== undefined && job.state !== undefined && hasEnded(job.state) ? { ...job, state: JobState.STOPPING } : job;
}

function isUnsettled(job: ObservedJob, { ledger }: Session): boolean {
  return job.stream !== undefined && job.state !== undefined && hasEnded(job.state) && !findGeneration(ledger, job.name)?.end;
}

/** Whether it has ended for the service, but not for us. */
export function isSettling({ state, status }: Pick<ObservedJob, 'state' | 'status'>): boolean {
  const shown = jobState('groundtruth', status);
  return state === JobState.STOPPING && shown !== undefined && hasEnded(shown);
}

async function settle(job: ObservedJob, session: Session, declared: StreamSource | undefined, ports: StreamPorts): Promise<ObservedJob> {
  const source = streamOf(session.ledger, job, declared);
  try {
    if (source.kind === 'TOPIC' && await rescue(job, session, ports) === 'pending') return unsettled(job);
    await ports.queues.remove(job.name);
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    throw new UserError(`the queue that ${job.name} left behind, ${jobQueueName(job.name)}, could not be saved and removed: `
      + `let the handlers receive from it, delete it, and write below ${job.outputPath}`, error);
  }
  const savedTo = source.kind === 'TOPIC' ? await whereSaved(job, session, ports) : undefined;
  log('the queue of an ended labeling job is gone', { name: job.name, savedTo });
  return { ...job, stream: { lastForwardedAt: await whenForwardedLast(job, source, session, ports), savedTo } };
}

/** Tells whether the job was idle, for its successor: where there will be none, the right to read the store may have gone before the job. */
async function whenForwardedLast(job: ObservedJob, source: StreamSource, { ledger }: Session, { objects }: StreamPorts): Promise<number | undefined> {
  try {
    return await lastForwardedAt(source, objects);
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    if (job.identity !== ledger.desired?.identity) return undefined;
    throw new UserError(`${stateUri(source)} may not be read, so it is not known whether ${job.name} was idle or somebody stopped it: `
      + 'let the bucket\'s policy and its key allow the handlers', error);
  }
}

/** Nobody else knows what is in the queue. Where it is saved is written down before the first of it is. */
async function rescue(job: ObservedJob, session: Session, ports: StreamPorts): Promise<'empty' | 'pending'> {
  if (ports.now() - job.endedAt < SETTLING_MS) return 'pending';
  return saveMessages(job.name, job.labelAttribute!, ports, async () => {
    const to = findGeneration(session.ledger, job.name)?.savesTo ?? place(presentOutput(session) ?? job.outputPath, job);
    await session.commit((ledger) => recordSaving(ledger, job.name, to));
    return to;
  });
}

/** Whoever saved the messages may have lost the ledger since. */
async function whereSaved(job: ObservedJob, session: Session, { objects }: StreamPorts): Promise<string | undefined> {
  const known = findGeneration(session.ledger, job.name)?.savesTo;
  if (known !== undefined) return known;
  const places = new Set([presentOutput(session), job.outputPath].filter((path) => path !== undefined).map((path) => place(path, job)));
  for (const uri of places) if (await objects.anyUnder(uri)) return uri;
  return undefined;
}

function place(outputPath: string, job: ObservedJob): string {
  return under(outputPath, `resume/${job.name}/messages/`);
}

/** Where the handlers may write: a job that was replaced may have had another. */
function presentOutput({ ledger }: Session): string | undefined {
  return (ledger.desired?.request as Partial<CreateRequest> | undefined)?.OutputConfig?.S3OutputPath;
}
