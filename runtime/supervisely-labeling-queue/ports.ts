import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { LedgerPorts } from '../shared/job-resource';
import type { AnnouncingPorts } from '../shared/reconcile-ledger';
import type { Caller } from '../shared/supervisely/client';

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports extends LedgerPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
}

export type ReconcilePorts = Ports & AnnouncingPorts;
