import type { RunSummary } from '../../model/fleet/fleet-ledger';

/** The metrics of a fleet, which its handlers write and its dashboard and alarms read. */
export const JOB_FLEET_METRICS_NAMESPACE = 'CdkLabelingWorkflows/JobFleet';
/** Its value is the fleet's name base. */
export const JOB_FLEET_METRICS_DIMENSION = 'Fleet';

const MS_PER_DAY = 24 * 3600 * 1000;

interface Metric {
  /** CloudWatch's own word. */
  readonly unit: 'Count' | 'None';
  readonly value: (summary: RunSummary) => number;
}

const jobs = (...states: string[]): Metric => ({
  unit: 'Count', value: (summary) => states.reduce((sum, state) => sum + (summary.states[state] ?? 0), 0),
});

/** One value for each run that has ended. */
export const JOB_FLEET_METRICS = {
  JobsPending: jobs('Pending'),
  JobsRunning: jobs('Running', 'Stopping'),
  JobsCompleted: jobs('Completed'),
  JobsFailed: jobs('Failed'),
  JobsStopped: jobs('Stopped'),
  JobsNotStarted: jobs('NotStarted'),
  JobsWaitingForQuota: { unit: 'Count', value: (summary) => summary.waitingForQuota },
  /** Members with something to do or to wait for, a free place under the quota aside. */
  Unsettled: { unit: 'Count', value: (summary) => Math.max(0, summary.unsettled - summary.waitingForQuota) },
  ObjectsLabeled: { unit: 'Count', value: (summary) => summary.objects.labeled },
  ObjectsFailed: { unit: 'Count', value: (summary) => summary.objects.failed },
  ObjectsLeft: { unit: 'Count', value: (summary) => summary.objects.left },
  Created: { unit: 'Count', value: (summary) => summary.created },
  Resumed: { unit: 'Count', value: (summary) => summary.resumed },
  Stopped: { unit: 'Count', value: (summary) => summary.stopped },
  Drifted: { unit: 'Count', value: (summary) => summary.drifted },
  /** Ground Truth ends a job at 30 days. */
  OldestRunningJobAgeDays: { unit: 'None', value: (summary) => summary.oldestRunning / MS_PER_DAY },
  RunErrors: { unit: 'Count', value: (summary) => summary.errors.length },
  /** 1: nothing is left to do but wait for people and for the quota. */
  Converged: { unit: 'None', value: (summary) => Number(isConverged(summary)) },
} as const satisfies Readonly<Record<string, Metric>>;
export type JobFleetMetric = keyof typeof JOB_FLEET_METRICS;

/** Everything that the quota allows has been started, and nothing went wrong. */
export function isConverged({ unsettled, waitingForQuota, errors }: RunSummary): boolean {
  return unsettled <= waitingForQuota && errors.length === 0;
}
