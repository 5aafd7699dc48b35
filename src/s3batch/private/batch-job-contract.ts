/**
 * What passes between the `BatchJob` construct and its handler. Both sides import this file; of ours it imports the names of owner tags.
 * Every shape ever released stays readable: Delete and rollback bring old ones back (see test/fixtures/contracts).
 */
export const BATCH_JOB_RESOURCE_TYPE = 'Custom::S3BatchJob';

/** What happens to a job that has not ended when its resource goes. */
export type BatchRemovalMode = 'CANCEL' | 'RETAIN';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface BatchJobProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  /** Name of the bucket that holds the ledger. */
  readonly StateBucket: string;
  /** `<stack>-<6 hex>-<readable>-<8 hex>`: all of the job's name that is known at synthesis. */
  readonly NameBase: string;
  /** What defines the work. Hashed by the handler, together with the stack's GUID. */
  readonly Identity: BatchJobIdentity;
  /** Fields that the user set and that do not change the work (own role, report, `attempt`), JSON text. Hashed, compared, never sent. */
  readonly Revision: string;
  /**
   * JSON text of the CreateJob request without what has a property of its own or is the handler's: description, manifest, tags, priority,
   * account, token. Text, because an object would lose its empty members and the types of its scalars on the way. Times are ISO 8601.
   */
  readonly Request: string;
  /** Absent where the request has a ManifestGenerator. */
  readonly Manifest?: BatchJobManifest;
  /** Where the handler writes manifests: rows in code with their bucket, and what is left for a next generation. The job's role reads there. */
  readonly ManifestBucket: string;
  /** Ends in `/`. In the state bucket: `<stack GUID>/<logical id>/manifests/`. */
  readonly ManifestPrefix: string;
  /** The user's part; changes nothing about a job that is made already. */
  readonly Description?: string;
  /** Changed in place. */
  readonly Priority: string;
  /** The user's tags, changed in place. */
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** `CANCEL` without it. */
  readonly RemovalMode?: BatchRemovalMode;
  /** Seconds that the deployment waits for the job, at most 3300. */
  readonly TimeoutSeconds: string;
  /** `true`: wait, bounded by TimeoutSeconds, until the job is `Complete`; anything else that it ends in fails the deployment. */
  readonly WaitForCompletion?: string;
  /** With WaitForCompletion: more failed tasks fail the deployment. */
  readonly MaxFailedTasks?: string;
  /** With WaitForCompletion: a larger part of failed tasks, in percent (`2.5`), fails the deployment. */
  readonly MaxFailedPercentage?: string;
  /** A `ResumePolicy` as JSON text: which ends of a job are followed by a next generation on what is left. */
  readonly Resume?: string;
  /** Changes when the user wants the state to be reconciled (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

/** Texts as the user declared them: what CDK or this library generates (asset locations, ARNs of generated functions) does not belong here. */
export interface BatchJobIdentity {
  /** JSON text of the operation: its name and parameters. */
  readonly Operation: string;
  /** `sha256:<hex>` of rows in code or of an asset's content, else the object's URI, version and ETag as far as declared; or JSON text of the generator. */
  readonly Manifest: string;
  /** Another value: everything is done again. */
  readonly Rerun?: string;
}

/** A manifest that lies in a bucket; the handler reads its ETag and version when the job is made. */
export interface BatchJobManifest {
  readonly Format: 'S3BatchOperations_CSV_20180820' | 'S3InventoryReport_CSV_20161130';
  /** Columns of a CSV manifest, of `Ignore`, `Bucket`, `Key`, `VersionId`. */
  readonly Fields?: readonly string[];
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  /** Declared by the user: sent as it is, so that S3 refuses another content. */
  readonly ETag?: string;
  /**
   * The rows have no `Bucket` column, and all are of this bucket: the handler writes a copy with it, and the job reads that. For rows in
   * code, where the bucket's name is known at deployment only.
   */
  readonly RowsBucket?: string;
  /**
   * `true`: the handler writes a copy, and the job reads that. For assets, whose bucket encrypts by AWS KMS as CDK's bootstrap makes it: S3 Batch
   * Operations reads no such CSV manifest.
   */
  readonly Copied?: string;
}

/** Attributes: every one is returned on every path, as of the last deployment. */
export const BATCH_JOB_ATTRIBUTES = [
  'JobId', 'JobArn', 'JobName', 'JobStatus', 'State', 'Generation',
  /** Over all generations of the job: what was asked for, what is done, what has failed last. */
  'TotalTasks', 'SucceededTasks', 'FailedTasks', 'ActiveSeconds',
  /** `s3://…/job-<id>/manifest.json`; empty without a report. It is there once the job has ended. */
  'ReportManifestS3Uri',
  /** `s3://…`: the manifest that the job reads, also a generated one; empty as long as it is not known. */
  'ManifestS3Uri',
  /** `<code>: <reason>`, joined by `; `. */
  'FailureReasons', 'Message',
] as const;
export type BatchJobAttribute = typeof BATCH_JOB_ATTRIBUTES[number];
export type BatchJobAttributes = Readonly<Record<BatchJobAttribute, string>>;

/** What a rule, a schedule or a person asks the handler's `reconcile` for, between deployments. */
export interface BatchJobReconcileEvent {
  readonly stateBucket: string;
  /** Of the ledger: `<stack GUID>/<logical id>/ledger.json`. */
  readonly key: string;
  /** Name of an SSM parameter that is changed when the job is not as the last deployment left it. */
  readonly driftParameter?: string;
}

/** Folder of the state bucket, below `<stack GUID>/<logical id>/`, for the manifests that the handler writes. */
export const MANIFESTS_FOLDER = 'manifests/';

export const BATCH_JOB_CONTRACT_VERSION = '1';
