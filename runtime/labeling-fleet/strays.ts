import { MemberPorts } from './member-ports';
import { JobSummary } from './ports';
import { Visit } from '../../src/model/fleet/run-tally';
import { hasEnded, jobState } from '../../src/model/job-state';
import { emptyLedger, Owner } from '../../src/model/ledger';
import { planRemoval, Removal } from '../../src/model/removal';
import { stopJob } from '../labeling-job/carry-out';
import { observeOne } from '../labeling-job/observe';

/** A job of ours that no member knows goes with the fleet too, if its tags say that it is ours. */
export async function endStray({ name, status }: JobSummary, owner: Owner, removal: Removal, ports: MemberPorts): Promise<Visit | undefined> {
  const state = jobState('groundtruth', status);
  if (state !== undefined && hasEnded(state)) return undefined;
  const job = await observeOne(ports, emptyLedger(owner), name);
  if (!job) return undefined;
  const plan = planRemoval([job], removal);
  for (const step of plan.steps) if (step.kind === 'stop') await stopJob(step.name, step.why, ports);
  return { plan, own: [job], done: plan.steps };
}
