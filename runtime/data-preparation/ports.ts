import type { CreateJobCommandInput } from '@aws-sdk/client-s3-control';
import type { Executions } from '../shared/executions';
import type { Objects } from '../shared/ports';

/** Everything the functions touch outside of themselves; tests replace all of it. */
export interface Ports {
  readonly objects: PreparationObjects;
  readonly jobs: BatchJobs;
  readonly executions: Executions;
  /** Calls a function, and answers what it answers. */
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface PreparationObjects extends Pick<Objects, 'exists' | 'lines' | 'writeLines'> {
  bytes(uri: string): AsyncIterable<Uint8Array>;
  /** Writes a CSV manifest so that S3 Batch Operations can read it. */
  writeManifest(uri: string, lines: AsyncIterable<string>): Promise<void>;
  /** Without its quotes. */
  etag(uri: string): Promise<string>;
  /** Whether an object can be read: `archived` needs a restore, `restoring` has one under way. `undefined` when there is no such object. */
  readability(bucket: string, key: string): Promise<Readability | undefined>;
  /** URIs of all objects whose keys begin so. */
  list(uri: string): AsyncIterable<string>;
}

export type Readability = 'readable' | 'archived' | 'restoring';

export type JobRequest = Omit<CreateJobCommandInput, 'AccountId'>;

export interface BatchJobs {
  create(request: JobRequest): Promise<string>;
  /** The id of a job whose description ends in this token, in brackets. */
  find(token: string): Promise<string | undefined>;
  /** `undefined`: S3 does not know the job, yet or any more. */
  describe(jobId: string): Promise<JobLook | undefined>;
  /** Of a job that has ended it is not an error. */
  cancel(jobId: string, why: string): Promise<void>;
}

/** What there is to know of a job. */
export interface JobLook {
  readonly status: string;
  readonly reasons: string;
}
