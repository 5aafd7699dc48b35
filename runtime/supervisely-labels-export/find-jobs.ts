import type { ExportPorts } from './ports';
import { readJson } from './work-files';
import { JobState } from '../../src/model/job-state';
import type { Ledger } from '../../src/model/ledger';
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
  /** There are groups of jobs, and of each the library has seen the end with everything accepted. */
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
  const completed = remembered.length > 0 && remembered.every((group) => group.completed);
  return { jobs: infos.flatMap((info) => info ? [info as ExportedJob] : []), missing, completed };
}

async function jobsOfQueue(queueId: number, caller: Caller): Promise<number[]> {
  const queue = await new ServerQueues(caller).info(queueId);
  if (queue) return queue.jobs.map((job) => job.id);
  throw new UserError(`there is no queue ${queueId} on ${caller.serverUrl}, or the owner of the API token may not see it: correct 'queueIds'`);
}

/** The jobs of all generations that are on the images and classes which are declared now, and what was told of them last. */
async function groupIn({ bucket, key }: LedgerLocation, files: ExportPorts['files']): Promise<{ readonly ids: readonly number[]; readonly completed: boolean }> {
  const ledger = await readJson<Ledger>(`s3://${bucket}/${key}`, files);
  const { identity, id: jobName } = ledger?.desired ?? {};
  const ids = ledger?.generations.flatMap((one) => one.identity === identity && one.arn !== undefined ? [Number(one.arn)] : []) ?? [];
  // whoever is being told may have started this export
  const { detail } = ledger?.telling ?? ledger?.told ?? {};
  return { ids, completed: jobName !== undefined && detail?.jobName === jobName && detail.state === JobState.COMPLETED };
}

/** A name in Ground Truth's pattern: the library's own, or one by the job's id. */
export function nameInLabels({ id: jobId, name }: Pick<ExportedJob, 'id' | 'name'>): string {
  return recordOfTitle(name) ?? `supervisely-${jobId}`;
}

