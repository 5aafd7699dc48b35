import { StateStore } from './ports';
import { summaryKey } from './run-log';
import { FLEET_OBJECTS, JobFleetAttributes } from '../../src/groundtruth/private/job-fleet-contract';
import { RunRecord } from '../../src/model/fleet/fleet-ledger';
import { NO_RUN } from '../../src/model/fleet/run-tally';
import { JobState } from '../../src/model/job-state';
import { cutToBytes } from '../shared/errors';

/** The response as a whole has 4,096 bytes, and a URI alone may have 1,024. */
const MAX_MESSAGE_BYTES = 600;

/** Every attribute, on every path: CloudFormation fails a stack that asks for one which is missing. */
export function fleetAttributes(run: RunRecord | undefined, resultUri: string, state: StateStore): JobFleetAttributes {
  const { states, objects, ...summary } = run?.summary ?? NO_RUN;
  const jobs = (word: string) => states[word] ?? 0;
  const numbers = {
    Jobs: Object.values(states).reduce((sum, members) => sum + members, 0),
    NotStarted: jobs('NotStarted'),
    Pending: jobs(JobState.PENDING),
    Running: jobs(JobState.RUNNING),
    Stopping: jobs(JobState.STOPPING),
    Completed: jobs(JobState.COMPLETED),
    Failed: jobs(JobState.FAILED),
    Stopped: jobs(JobState.STOPPED),
    ObjectsTotal: objects.total,
    ObjectsLabeled: objects.labeled,
    ObjectsFailed: objects.failed,
    ObjectsLeft: objects.left,
    Created: summary.created,
    Adopted: summary.adopted,
    Resumed: summary.resumed,
    StoppedNow: summary.stopped,
    Drifted: summary.drifted,
    WaitingForQuota: summary.waitingForQuota,
  };
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])) as Record<keyof typeof numbers, string>;
  return {
    ...texts,
    RunRecordUri: run ? state.uri(summaryKey(run)) : '',
    CurrentUri: state.uri(FLEET_OBJECTS.current),
    ResultUri: resultUri,
    Message: cutToBytes([...summary.errors, ...summary.notes].join('; '), MAX_MESSAGE_BYTES),
  };
}
