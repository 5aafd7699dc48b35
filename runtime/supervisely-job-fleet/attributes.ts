import type { FleetLook } from './look';
import type { FleetFiles } from './ports';
import { JobState, jobState } from '../../src/model/job-state';
import type { Ledger } from '../../src/model/ledger';
import type { FleetJob } from '../../src/model/supervisely/fleet/fleet-job';
import { tallyOf } from '../../src/model/supervisely/fleet/tally';
import { groupStatus } from '../../src/model/supervisely/group-job';
import type { SuperviselyJobStatus } from '../../src/model/supervisely/limits';
import { FLEET_FILES, JOB_FLEET_ATTRIBUTES, type JobFleetAttributes } from '../../src/supervisely/private/job-fleet-contract';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes. */
const MAX_MESSAGE_BYTES = 1000;

/** The server knows no such status, because there is no job yet. */
export const PREPARING = 'preparing';

/** What a fleet's jobs are in a word: those that we have stopped to give their images to others do not count. */
export function fleetStatus({ jobs, desired }: Pick<FleetLook, 'jobs' | 'desired'>): SuperviselyJobStatus | undefined {
  return groupStatus(jobs.filter((job) => isCounted(job, desired.identity)).map(({ status }) => status));
}

export function isCounted({ identity, stoppedByUs, status }: FleetJob, desired: string): boolean {
  return identity === desired && !(stoppedByUs && status === 'stopped');
}

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. */
export function attributes(seen: FleetLook, notes: readonly string[], files: FleetFiles): JobFleetAttributes {
  const { desired, resolved, finder, plan } = seen;
  const jobs = seen.jobs.filter(({ identity }) => identity === desired.identity);
  const count = (status: SuperviselyJobStatus) => String(jobs.filter((job) => job.status === status).length);
  const status = fleetStatus(seen);
  const tally = tallyOf(finder, plan.places);
  return {
    FleetId: desired.id,
    LabelerIds: desired.labelers.map(({ userId }) => userId).join(','),
    Status: status ?? '',
    State: status === undefined ? '' : jobState('supervisely', status)!,
    TeamId: String(resolved.team.id),
    Jobs: String(jobs.length),
    Pending: count('pending'),
    InProgress: count('in_progress'),
    OnReview: count('on_review'),
    ReviewCompleted: count('review_completed'),
    Completed: count('completed'),
    Stopped: count('stopped'),
    ImagesCount: String(tally.images),
    FinishedImagesCount: String(tally.finished),
    AcceptedImagesCount: String(tally.accepted),
    RejectedImagesCount: String(tally.rejected),
    UnassignedImagesCount: String(tally.unassigned),
    RecordUri: files.uri(FLEET_FILES.record),
    Message: message(notes),
  };
}

/** Of a fleet that waits for its datasets. */
export function preparingAttributes(ledger: Ledger, notes: readonly string[], files: FleetFiles): JobFleetAttributes {
  return { ...recordedAttributes(ledger, notes, files), Status: PREPARING, State: JobState.PENDING };
}

/** What is known of a fleet whose server or people cannot be looked up. */
export function recordedAttributes({ desired, generations }: Ledger, notes: readonly string[], files: FleetFiles): JobFleetAttributes {
  const texts = ['FleetId', 'LabelerIds', 'Status', 'State', 'TeamId'];
  const own = generations.filter(({ identity, arn }) => identity === desired?.identity && arn !== undefined);
  return {
    ...Object.fromEntries(JOB_FLEET_ATTRIBUTES.map((name) => [name, texts.includes(name) ? '' : '0'])) as JobFleetAttributes,
    FleetId: desired?.id ?? '',
    TeamId: own[0]?.tags.teamId ?? '',
    Jobs: String(own.length),
    RecordUri: files.uri(FLEET_FILES.record),
    Message: message(notes),
  };
}

function message(notes: readonly string[]): string {
  return cutToBytes(notes.join('; '), MAX_MESSAGE_BYTES);
}
