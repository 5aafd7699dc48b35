import type { JobListDescriptor } from '@aws-sdk/client-s3-control';
import type { RecordPorts } from '../shared/inventory-record';

export interface JobPage {
  readonly jobs: readonly JobListDescriptor[];
  readonly nextToken?: string;
}

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface InventoryPorts extends RecordPorts {
  readonly listPage: (page: { readonly statuses: readonly string[]; readonly pageSize: number; readonly nextToken?: string }) => Promise<JobPage>;
  /** How long a job has worked; `undefined` where that is not known either. */
  readonly activeSeconds: (jobId: string) => Promise<number | undefined>;
  readonly now: () => number;
  /** Milliseconds of a clock that does not go back. */
  readonly upTime: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
