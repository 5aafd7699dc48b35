import { JobQueues } from './ports';
import { STREAM_KEYS } from '../../../src/groundtruth/private/labeling-stream-contract';
import { JobState } from '../../../src/model/job-state';
import { Ledger } from '../../../src/model/ledger';
import { findGeneration } from '../../../src/model/ledger-transitions';
import { ActualJob } from '../../../src/model/plan';
import { StreamSource } from '../../../src/model/stream';
import { errorMessage, isAccessDenied } from '../../shared/errors';
import { log } from '../../shared/log';
import { Objects } from '../../shared/ports';

/** Where a streaming job's objects come from. Of a job that nothing is known of, its queue is taken for the only one that knows its messages. */
export function streamOf(ledger: Ledger, { name, identity }: Pick<ActualJob, 'name' | 'identity'>, declared?: StreamSource): StreamSource {
  const desired = ledger.desired?.identity === identity ? ledger.desired.stream : undefined;
  return findGeneration(ledger, name)?.streamSource ?? desired ?? declared ?? { kind: 'TOPIC' };
}

/** Where the stream's forwarder keeps what it remembers. */
export function stateUri(source: StreamSource): string | undefined {
  return source.kind === 'INTAKE' ? `s3://${source.bucket}/${source.prefix}${STREAM_KEYS.state}` : undefined;
}

/** When the stream's forwarder gave something to a job last, as it says itself. */
export async function lastForwardedAt(source: StreamSource, objects: Objects): Promise<number | undefined> {
  const uri = stateUri(source);
  if (uri === undefined || !await objects.exists(uri)) return undefined;
  const lines: string[] = [];
  for await (const line of objects.lines(uri)) lines.push(line);
  return (JSON.parse(lines.join('\n')) as { lastForwardedAt?: number }).lastForwardedAt;
}

/** Looks whether a job that is to be drained has anything open. */
export async function withOpen<Job extends ActualJob>(
  ports: Parameters<typeof isOpen>[2], ledger: Ledger, jobs: readonly Job[],
): Promise<Job[]> {
  const { desired } = ledger;
  if (desired?.desiredState !== 'DRAINED') return [...jobs];
  return Promise.all(jobs.map(async (job) => (job.identity === desired.identity ? lookIfOpen(job, streamOf(ledger, job), ports) : job)));
}

export async function lookIfOpen<Job extends ActualJob>(job: Job, source: StreamSource, ports: Parameters<typeof isOpen>[2]): Promise<Job> {
  if (job.stream === undefined || job.state !== JobState.RUNNING) return job;
  return { ...job, stream: { ...job.stream, open: await isOpen(job, source, ports) } };
}

/** Whether the job has objects that are not done, or will have. */
export async function isOpen(job: ActualJob, source: StreamSource, ports: { readonly objects: Objects; readonly queues: JobQueues }): Promise<boolean> {
  if (source.kind === 'INTAKE') {
    try {
      return await ports.objects.anyUnder(`s3://${source.bucket}/${source.prefix}${STREAM_KEYS.open}${job.name}/`);
    } catch (error) {
      if (!isAccessDenied(error)) throw error;
      // in an update that removes the job, the right to read its store goes first
      log('the store of a stream may not be read: what is open is told by the job itself', { name: job.name, reason: errorMessage(error) });
    }
  }
  return job.counters.unlabeled > 0 || await ports.queues.depth(job.name) > 0;
}
