import type { FleetLook } from './look';
import { describeFleetStep } from '../../src/model/supervisely/fleet/fleet-steps';
import { hash } from '../../src/model/supervisely/group-spec';
import type { FleetTurn, JobFleetReconciled } from '../../src/supervisely/private/job-fleet-contract';

/** With their growing waits these are some 14 minutes, beside the calls themselves. */
const MOST_IDLE_TURNS = 10;
const LONGEST_WAIT_SECONDS = 300;

/** Two looks of which it is the same have nothing between them that has changed anything. */
export function stateOf({ jobs, twins, plan: { steps } }: Pick<FleetLook, 'jobs' | 'twins' | 'plan'>): string {
  return hash({ jobs: jobs.map(({ jobId, status, disabled }) => [jobId, status, disabled]), twins, steps: steps.map(describeFleetStep) });
}

/** What follows a call that has left something to do: the next one, later each time that nothing changes, and at last none. */
export function nextTurn(seen: FleetLook, before: FleetTurn | undefined): Pick<JobFleetReconciled, 'next' | 'turn' | 'waitSeconds'> {
  const state = stateOf(seen);
  const idle = state === before?.seen ? before.idle + 1 : 0;
  const waitSeconds = Math.min(2 ** idle, LONGEST_WAIT_SECONDS);
  return { next: idle < MOST_IDLE_TURNS ? 'again' : 'stuck', turn: { seen: state, idle }, waitSeconds };
}
