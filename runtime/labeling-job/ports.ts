import type { CreateLabelingJobCommandInput } from '@aws-sdk/client-sagemaker';
import type { StreamPorts } from './streaming/ports';
import type { Counters } from '../../src/model/counters';
import type { Tags } from '../../src/model/ledger';
import type { LedgerStore, Objects } from '../shared/ports';

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports {
  readonly jobs: LabelingJobs;
  readonly objects: Objects;
  readonly ledgerAt: (bucket: string, key: string) => LedgerStore;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Names this invocation as the holder of a lease. */
  readonly holder: string;
}

export type CreateRequest = CreateLabelingJobCommandInput;

/** A labeling job as a listing shows it, in the model's terms: all but its tags and where it writes. */
export interface JobSummary {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly counters: Counters;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly failureReason?: string;
  readonly outputUri?: string;
  readonly finalModelArn?: string;
}

/** A labeling job as the service describes it. */
export interface JobDescription extends JobSummary {
  readonly inputUri?: string;
  readonly outputPath: string;
  readonly tags: Tags;
  /** What the job was asked for, in the API's spelling, where it was described for that. */
  readonly request?: Readonly<Record<string, unknown>>;
}

/** A reconcile between deployments also needs a place to say that it found something: SSM's Parameter Store. */
export interface ReconcilePorts extends StreamPorts {
  readonly parameters: { put(name: string, value: string): Promise<void> };
}

export interface LabelingJobs {
  /** Answers with the ARN. */
  create(request: CreateRequest): Promise<string>;
  /** `undefined` when there is no such job. */
  describe(name: string): Promise<JobDescription | undefined>;
  stop(name: string): Promise<void>;
  /** Names of all jobs that contain the text. */
  namesContaining(text: string): AsyncIterable<string>;
  addTags(arn: string, tags: Tags): Promise<void>;
  removeTags(arn: string, keys: readonly string[]): Promise<void>;
}
