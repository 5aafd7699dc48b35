import { BoundedJobs, boundedObjects, clockOf } from './bounded-ports';
import { FleetPorts } from './ports';
import { Ports } from '../labeling-job/ports';

/** The ports of a single job's acts, their calls bounded by the run. */
export type MemberPorts = Ports & { readonly jobs: BoundedJobs };

export function memberPorts(ports: FleetPorts, quotaWasMet: boolean): MemberPorts {
  const clock = clockOf(ports);
  return {
    jobs: new BoundedJobs(ports.jobs, clock, quotaWasMet),
    objects: boundedObjects(ports.objects, clock),
    ledgerAt: () => { throw new Error('members have no ledgers of their own'); },
    now: ports.now,
    remaining: ports.remaining,
    sleep: ports.sleep,
    holder: '',
  };
}
