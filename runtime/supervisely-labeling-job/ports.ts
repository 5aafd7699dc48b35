import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { LedgerPorts } from '../shared/job-resource';
import type { Caller } from '../shared/supervisely/client';

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports extends LedgerPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
}

/** A reconcile between deployments also needs a place to say that it found something: SSM's Parameter Store. */
export interface ReconcilePorts extends Ports {
  readonly parameters: { put(name: string, value: string): Promise<void> };
}
