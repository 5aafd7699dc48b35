import type { Counters } from '../../src/model/counters';
import type { Tags } from '../../src/model/ledger';
import type { LedgerPorts } from '../shared/job-resource';
import type { AnnouncingPorts } from '../shared/reconcile-ledger';
import type { S3Location } from '../shared/s3-uri';

/** Everything the handler touches outside of itself; tests replace all of it. */
export interface Ports extends LedgerPorts {
  readonly jobs: BatchJobs;
  readonly files: Files;
}

export type ReconcilePorts = Ports & AnnouncingPorts;

/** CreateJob's members without the account, as JSON: times are texts. */
export interface CreateRequest {
  readonly ClientRequestToken: string;
  readonly Description: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  readonly Manifest?: JobManifest;
  readonly [member: string]: unknown;
}

/** In the API's spelling, as it is sent and described. */
export interface JobManifest {
  readonly Spec: { readonly Format: string; readonly Fields?: readonly string[] };
  readonly Location: { readonly ObjectArn: string; readonly ObjectVersionId?: string; readonly ETag: string };
}

/** A job as the service describes it, in the model's terms: all but its tags. */
export interface JobDescription {
  readonly id: string;
  readonly arn: string;
  readonly description: string;
  readonly status: string;
  readonly priority: number;
  readonly counters: Counters;
  readonly activeSeconds: number;
  readonly createdAt: number;
  /** When it ended; while it has not, when it was looked at. */
  readonly endedAt: number;
  readonly failureReason?: string;
  /** `s3://…/manifest.json` of its completion report; absent without one. */
  readonly reportUri?: string;
  /** Whether the report tells of all tasks. */
  readonly reportsAllTasks: boolean;
  /** The one that it reads; a generated one only where it was kept. */
  readonly manifest?: JobManifest;
}

export interface BatchJobs {
  /** Answers with the id. */
  create(request: CreateRequest): Promise<string>;
  /** `undefined` when there is no such job. */
  describe(id: string): Promise<JobDescription | undefined>;
  /** All jobs of the account and region. */
  list(): AsyncIterable<{ readonly id: string; readonly description: string }>;
  tags(id: string): Promise<Tags>;
  /** Replaces all of them. */
  putTags(id: string, tags: Tags): Promise<void>;
  prioritise(id: string, priority: number): Promise<void>;
  confirm(id: string, why: string): Promise<void>;
  cancel(id: string, why: string): Promise<void>;
}

/** A version of an object. */
export interface FileVersion extends S3Location {
  readonly versionId?: string;
}

export interface Files {
  /** `undefined` where none stands. */
  head(file: FileVersion): Promise<{ readonly etag: string; readonly versionId?: string } | undefined>;
  bytes(file: FileVersion): AsyncIterable<Uint8Array>;
  /** A CSV manifest. */
  write(location: S3Location, lines: AsyncIterable<string>): Promise<void>;
  keysUnder(bucket: string, prefix: string): AsyncIterable<string>;
  remove(location: S3Location): Promise<void>;
}
