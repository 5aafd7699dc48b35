import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { StateStore } from '../labeling-fleet/ports';
import type { LedgerPorts } from '../shared/job-resource';
import type { Caller } from '../shared/supervisely/client';
import type { ImportRecords } from '../supervisely-labeling-job/ports';

/** The part of a fleet's place in the state bucket that is used here. */
export type FleetFiles = Pick<StateStore, 'uri' | 'read' | 'put' | 'writeLines' | 'keys' | 'remove'>;

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports extends LedgerPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly imports: ImportRecords;
  readonly filesAt: (bucket: string, prefix: string) => FleetFiles;
}

export interface ReconcilePorts extends Ports {
  readonly parameters: { put(name: string, value: string): Promise<void> };
}
