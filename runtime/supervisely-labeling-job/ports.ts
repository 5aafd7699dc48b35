import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { LedgerPorts } from '../shared/job-resource';
import type { Caller } from '../shared/supervisely/client';

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports extends LedgerPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly imports: ImportRecords;
  readonly bus: Bus;
}

/** The records that imports of datasets write last. */
export interface ImportRecords {
  /** Undefined while the import goes on. */
  read(uri: string): Promise<ImportedDataset | undefined>;
}

/** What a record says, as far as jobs are concerned. */
export interface ImportedDataset {
  readonly teamId: number;
  readonly datasetId: number;
}

/** The account's default event bus. */
export interface Bus {
  put(detailType: string, detail: object): Promise<void>;
}

/** A reconcile between deployments also needs a place to say that it found something: SSM's Parameter Store. */
export interface ReconcilePorts extends Ports {
  readonly parameters: { put(name: string, value: string): Promise<void> };
}
