import { createHash, timingSafeEqual } from 'node:crypto';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { type Announcement, namedIn } from './announcement';
import { ownerOf } from '../../src/model/supervisely/job-names';
import { recordOfQueue } from '../../src/model/supervisely/queue-names';
import { JOB_COMPLETED, type JobCompletedDetail, QUEUE_COMPLETED, type QueueCompletedDetail } from '../../src/supervisely/private/completion-webhook-contract';
import { log, logError } from '../shared/log';
import type { Caller } from '../shared/supervisely/client';
import { orAbsent } from '../shared/supervisely/lookups';

export interface ReceivePorts {
  readonly caller: Caller;
  readonly teamId: number;
  /** The last part of the address that only the server knows. */
  readonly path: () => Promise<string>;
  readonly announce: (detailType: string, detail: object) => Promise<void>;
}

/** Far more than any message of the server. */
const LARGEST_MESSAGE = 65_536;
const COMPLETED = 'completed';

/**
 * A message says only what to look at: whoever knows the address could have sent it. What is announced is what the server says when it is asked;
 * and what a message says beside that is never read.
 */
export async function receive(event: LambdaFunctionURLEvent, ports: ReceivePorts): Promise<LambdaFunctionURLResult> {
  try {
    if (!sameText(event.rawPath.replace(/^\//, ''), await ports.path())) return answer(404);
    if (event.requestContext.http.method !== 'POST') return answer(405);
    const named = namedIn(bodyOf(event));
    if (!named) {
      log('a message that names neither a job nor a queue: nothing is announced');
      return answer(400);
    }
    await announceWhatIsSo(named, ports);
    return answer(200);
  } catch (error) {
    logError('the message was not carried out, the server may send it again', error);
    return answer(503);
  }
}

async function announceWhatIsSo({ jobId, labelingQueueId }: Announcement, ports: ReceivePorts): Promise<void> {
  if (jobId !== undefined) await announceJob(jobId, ports);
  else if (labelingQueueId !== undefined) await announceQueue(labelingQueueId, ports);
}

async function announceJob(id: number, { caller, teamId, announce }: ReceivePorts): Promise<void> {
  const job = await orAbsent(() => caller.call<Omit<JobCompletedDetail, 'serverUrl' | 'jobId' | 'jobName'> & { readonly id: number }>('jobs.info', { id }));
  if (job?.teamId !== teamId || job.status !== COMPLETED) {
    log('a job that the server does not call completed: nothing is announced', { id, status: job?.status });
    return;
  }
  const detail: JobCompletedDetail = {
    serverUrl: caller.serverUrl,
    teamId,
    projectId: job.projectId,
    datasetId: job.datasetId,
    jobId: job.id,
    name: job.name,
    jobName: ownerOf(job.name)?.jobName,
    labelingQueueId: job.labelingQueueId ?? null,
    userId: job.userId ?? null,
    reviewerId: job.reviewerId ?? null,
    status: job.status,
    finishedAt: job.finishedAt ?? null,
    imagesCount: job.imagesCount,
    acceptedImagesCount: job.acceptedImagesCount,
    rejectedImagesCount: job.rejectedImagesCount,
  };
  await announce(JOB_COMPLETED, detail);
}

async function announceQueue(id: number, { caller, teamId, announce }: ReceivePorts): Promise<void> {
  const queue = await orAbsent(() => caller.call<Omit<QueueCompletedDetail, 'serverUrl' | 'labelingQueueId'> & { readonly id: number }>('labeling-queues.info', { id }));
  if (queue?.teamId !== teamId || queue.status !== COMPLETED) {
    log('a queue that the server does not call completed: nothing is announced', { id, status: queue?.status });
    return;
  }
  const { name, status, projectId = null, datasetId = null, finishedAt = null } = queue;
  const about = { labelingQueueId: queue.id, name, queueName: recordOfQueue(name)?.name, status, finishedAt };
  const detail: QueueCompletedDetail = { serverUrl: caller.serverUrl, teamId, projectId, datasetId, ...about };
  await announce(QUEUE_COMPLETED, detail);
}

function bodyOf({ body = '', isBase64Encoded }: LambdaFunctionURLEvent): unknown {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (text.length > LARGEST_MESSAGE) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In a time that tells nothing about where they differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Nothing about what was found: whoever sent the message may be anybody. */
function answer(statusCode: number): LambdaFunctionURLResult {
  return { statusCode };
}
