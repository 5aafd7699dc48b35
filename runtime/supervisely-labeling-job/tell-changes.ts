import { newestJobs, statusOf } from './attributes';
import type { Look } from './look';
import type { Ports } from './ports';
import { JobState, jobState } from '../../src/model/job-state';
import type { Ledger, ToldChange } from '../../src/model/ledger';
import { groupStatus } from '../../src/model/supervisely/group-job';
import type { SuperviselyJobStatus } from '../../src/model/supervisely/limits';
import { LABELING_JOB_STATE_CHANGE, type LabelingJobStateChangeDetail } from '../../src/supervisely/private/labeling-job-contract';
import { cutToBytes } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';
import { logError } from '../shared/log';

/** An event has room for much more, but a reason is for people. */
const MAX_REASON_BYTES = 1000;

const FAILED = 'failed';

type Detail = Omit<LabelingJobStateChangeDetail, 'change' | 'formerStatus'>;

/** Tells that the group has come to another status, if it has; and first what could not be told before. */
export async function tellChange(seen: Look, session: LedgerSession, ports: Ports): Promise<void> {
  await tell(detailOf(seen), session, ports);
}

/** A look that fails is told too, once for each reason: between deployments nobody else would hear of it. */
export async function tellFailure(reason: string, serverUrl: string, session: LedgerSession, ports: Ports): Promise<void> {
  const { id: jobName } = session.ledger.desired!;
  const nothing = { generation: 1, jobs: [], imagesCount: 0, finishedImagesCount: 0, acceptedImagesCount: 0, rejectedImagesCount: 0 };
  const last = lastTold(session.ledger);
  const known = last?.jobName === jobName ? last : nothing;
  await tell({ ...known, jobName, serverUrl, status: FAILED, state: JobState.FAILED, reason: cutToBytes(reason, MAX_REASON_BYTES) }, session, ports);
}

/** The end that a removal brings; `ended` are the statuses of jobs by id as they are now, and of what is not there nothing. */
export async function tellRemoval(ended: ReadonlyMap<number, SuperviselyJobStatus>, session: LedgerSession, ports: Ports): Promise<void> {
  const last = lastTold(session.ledger);
  if (!last || last.jobs.length === 0) return;
  const jobs = last.jobs.map((job) => ({ ...job, status: ended.get(job.jobId) ?? 'stopped' }));
  const status = groupStatus(jobs.map((job) => job.status))!;
  const { reason: _, ...others } = last;
  await tell({ ...others, jobs, status, state: jobState('supervisely', status)! }, session, ports);
}

export function hasToldFailure(ledger: Ledger): boolean {
  const last = lastTold(ledger);
  return last?.status === FAILED && last.jobName === ledger.desired?.id;
}

function lastTold({ told }: Ledger): Detail | undefined {
  if (!told) return undefined;
  const { change: _, formerStatus: __, ...detail } = told.detail as unknown as LabelingJobStateChangeDetail;
  return detail;
}

/** Written down before it is told, and again afterwards: a crash in between tells the same change, with the same number, once more. */
async function tell(detail: Detail, session: LedgerSession, ports: Ports): Promise<void> {
  if (!await finish(session, ports)) return;
  const change = changeTo(detail, session.ledger);
  if (!change) return;
  await session.commit((ledger) => ({ ...ledger, telling: change }));
  await finish(session, ports);
}

/** False where the bus could not be reached: jobs and deployments do not fail for that, the change is told at the next look. */
async function finish(session: LedgerSession, ports: Ports): Promise<boolean> {
  const { telling } = session.ledger;
  if (!telling) return true;
  try {
    await ports.bus.put(LABELING_JOB_STATE_CHANGE, telling.detail);
  } catch (error) {
    logError('the change is told at the next look: the event bus did not take it', error);
    return false;
  }
  await session.record((ledger) => ({ ...ledger, told: telling, telling: undefined }));
  return true;
}

/** Undefined where all is told already, and while a group has no job. */
function changeTo(detail: Detail, ledger: Ledger): ToldChange | undefined {
  const { jobName, generation, status, reason = '' } = detail;
  const { told } = ledger;
  const key = [jobName, generation, status, reason].join(' ');
  if (status === '' || told?.key === key) return undefined;
  const number = (told?.number ?? 0) + 1;
  const former = lastTold(ledger);
  const change: LabelingJobStateChangeDetail = { change: number, ...(former?.jobName === jobName && { formerStatus: former.status }), ...detail };
  return { number, key, detail: { ...change } };
}

function detailOf(seen: Look): Detail {
  const jobs = newestJobs(seen);
  const { team, dataset } = { ...seen.awaiting, ...seen.resolved };
  const sum = (count: 'images' | 'finished' | 'accepted' | 'rejected') => jobs.reduce((total, job) => total + job[count], 0);
  return {
    jobName: seen.desired.id,
    serverUrl: seen.caller.serverUrl,
    ...statusOf(seen),
    generation: Math.max(1, ...jobs.map(({ generation }) => generation)),
    jobs: jobs.map(({ jobId, userId, status }) => ({ jobId, labelerId: userId, status })),
    imagesCount: sum('images'),
    finishedImagesCount: sum('finished'),
    acceptedImagesCount: sum('accepted'),
    rejectedImagesCount: sum('rejected'),
    ...(team && { teamId: team.id }),
    ...(dataset && { projectId: dataset.projectId, datasetId: dataset.id }),
  };
}
