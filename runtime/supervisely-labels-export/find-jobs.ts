import type { ExportPorts } from './ports';
import { readJson } from './work-files';
import { JobState } from '../../src/model/job-state';
import type { Ledger } from '../../src/model/ledger';
import { isFinished } from '../../src/model/supervisely/fleet/fleet-job';
import { recordOfTitle } from '../../src/model/supervisely/group-names';
import { id } from '../../src/supervisely/private/connection-contract';
import type { ExportRequest, LedgerLocation } from '../../src/supervisely/private/labels-export-contract';
import { mapBounded } from '../shared/bounded';
import { UserError } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { ServerJobInfo, ServerJobs } from '../shared/supervisely/jobs';
import { ServerQueues } from '../shared/supervisely/queues';

/** `jobs.info`, as far as an export looks into it. */
export interface ExportedJob extends ServerJobInfo {
  readonly labelerLogin: string;
  readonly finishedAt: string | null;
}

export interface FoundJobs {
  readonly jobs: readonly ExportedJob[];
  /** Ids that the library remembers and the server does not. */
  readonly missing: readonly number[];
  /** There are groups of jobs, and each has come to its end: as the library has seen it, or of a fleet as its jobs show. */
  readonly completed: boolean;
}

/** A job's images are thousands, and come in one answer. */
const AT_ONCE = 4;

/** All jobs of a request, by their ids. */
export async function findJobs({ groups, jobIds, queueIds = [] }: ExportRequest, caller: Caller, files: ExportPorts['files']): Promise<FoundJobs> {
  const declared = jobIds.map((one) => id('jobIds', one));
  const queued = (await mapBounded(queueIds, AT_ONCE, (one) => jobsOfQueue(id('queueIds', one), caller))).flat();
  const remembered = await mapBounded(groups, AT_ONCE, (group) => groupIn(group, files));
  const ids = [...new Set([...declared, ...queued, ...remembered.flatMap((group) => group.ids)])].sort((a, b) => a - b);
  const server = new ServerJobs(caller);
  const infos = await mapBounded(ids, AT_ONCE, (one) => server.info(one));
  const missing = ids.filter((_, index) => infos[index] === undefined);
  const unknown = missing.filter((one) => declared.includes(one));
  if (unknown.length > 0) {
    throw new UserError(`there is no job ${unknown.join(', ')} on ${caller.serverUrl}, or the owner of the API token may not see it: correct 'jobIds'`);
  }
  const jobs = infos.flatMap((info) => info ? [info as ExportedJob] : []);
  return { jobs, missing, completed: remembered.length > 0 && remembered.every((group) => group.isCompleted(jobs)) };
}

async function jobsOfQueue(queueId: number, caller: Caller): Promise<number[]> {
  const queue = await new ServerQueues(caller).info(queueId);
  if (queue) return queue.jobs.map((job) => job.id);
  throw new UserError(`there is no queue ${queueId} on ${caller.serverUrl}, or the owner of the API token may not see it: correct 'queueIds'`);
}

interface RememberedGroup {
  readonly ids: readonly number[];
  /** Whether everything has come to its end, by all jobs as they are now. */
  readonly isCompleted: (jobs: readonly ExportedJob[]) => boolean;
}

/** The jobs of all generations that are on the images and classes which are declared now. */
async function groupIn({ bucket, key }: LedgerLocation, files: ExportPorts['files']): Promise<RememberedGroup> {
  const ledger = await readJson<Ledger>(`s3://${bucket}/${key}`, files);
  const own = ledger?.generations.filter(({ identity, arn }) => identity === ledger.desired?.identity && arn !== undefined) ?? [];
  const ids = own.map(({ arn }) => Number(arn));
  const live = own.filter(({ stop }) => stop === undefined).map(({ arn }) => Number(arn));
  return { ids, isCompleted: (jobs) => (ledger?.fleet ? isFleetCompleted(ledger, ids, live, jobs) : isToldCompleted(ledger)) };
}

/** Of a group that tells its changes; whoever is being told may have started this export. */
function isToldCompleted({ desired, told, telling }: Partial<Ledger> = {}): boolean {
  const { detail } = telling ?? told ?? {};
  return desired !== undefined && detail?.jobName === desired.id && detail.state === JobState.COMPLETED;
}

/** A fleet tells none, and has jobs that it has stopped to share their images out: all others are completed, and nobody has to label any image again. */
function isFleetCompleted({ desired, fleet }: Ledger, ids: readonly number[], live: readonly number[], jobs: readonly ExportedJob[]): boolean {
  if (desired === undefined || fleet?.sharedOut !== desired.requestId) return false;
  const finished = new Set(jobs.filter(({ id: jobId }) => ids.includes(jobId)).flatMap(({ entities }) => entities.filter(isFinished)).map((image) => image.id));
  const atEnd = jobs.filter(({ id: jobId }) => live.includes(jobId));
  return atEnd.length > 0 && atEnd.every(({ status, entities }) => status === 'completed' && entities.every((image) => finished.has(image.id)));
}

/** A name in Ground Truth's pattern: the library's own, or one by the job's id. */
export function nameInLabels({ id: jobId, name }: Pick<ExportedJob, 'id' | 'name'>): string {
  return recordOfTitle(name) ?? `supervisely-${jobId}`;
}

