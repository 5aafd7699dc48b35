import type { DesiredState } from '../../model/resume-policy';
import { OWNER_TAG_PREFIX } from '../../private/owner-tags-contract';

/**
 * What passes between the `LabelingJob` construct and its handler. Both sides import this file; it imports the model only.
 * Every shape ever released stays readable: Delete and rollback bring old ones back (see test/fixtures/contracts).
 */
export const LABELING_JOB_RESOURCE_TYPE = 'Custom::GroundTruthLabelingJob';

/** What happens to a running job when its resource goes. */
export type RemovalMode = 'STOP' | 'RETAIN' | 'DRAIN';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface LabelingJobProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  /** Name of the bucket that holds the ledger. */
  readonly StateBucket: string;
  /** `<stack>-<6 hex>-<readable>-<8 hex>`: all of the job's name that is known at synthesis. */
  readonly NameBase: string;
  /** What defines the labels. Hashed by the handler, together with the stack's GUID. */
  readonly Identity: LabelingJobIdentity;
  /** Work-neutral fields that the user set, JSON text. Hashed by the handler, compared, never sent. */
  readonly Revision: string;
  /**
   * The CreateLabelingJob request without name, label attribute and tags, as an object in the API's spelling;
   * numbers arrive as strings and are restored by `decodeLabelingJobProperties`.
   */
  readonly Request: Readonly<Record<string, unknown>>;
  /** The tags of the job, changed in place. */
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** `true` where the task type labels only objects that lack the label attribute (all built-in types). */
  readonly LabelsOnlyUnlabeled: string;
  /** Allows another identity on a job that has labels; must differ from the one recorded with the last identity change. */
  readonly Relabel?: string;
  /** `STOP` without it; for a resource that adopts, whose job it did not start, `RETAIN`. */
  readonly RemovalMode?: RemovalMode;
  /** Seconds that DRAIN waits at most. */
  readonly DrainTimeoutSeconds?: string;
  /** What DRAIN does when its time is over: `STOP` (default) or `RETAIN`. */
  readonly DrainThen?: 'STOP' | 'RETAIN';
  /** `true` lets a job that is replaced run until its clean-up, beside the new one. Both label: the user pays for both. */
  readonly Overlap?: string;
  /** Seconds that the deployment waits for the job to be accepted, at most 3300. */
  readonly TimeoutSeconds: string;
  /** Wait, bounded by TimeoutSeconds, until the job has this state: `InProgress` (default) or `Completed`. */
  readonly WaitForStatus?: string;
  /** Changes when the user wants the state to be reconciled (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
  /** Name of an existing job that becomes the first generation. */
  readonly Adopt?: string;
  /** `true`: the request's manifest is still being prepared, and the job is made when it is there. */
  readonly AwaitsInput?: string;
  /** A `ResumePolicy` as JSON text: which ends of a job are followed by a next generation on what is left. */
  readonly Resume?: string;
  /** `RUNNING` without it. */
  readonly DesiredState?: DesiredState;
  /** `REPORT_ONLY` touches no job: the plan stands in `Message` and in the log. `ENFORCE` without it. */
  readonly Mode?: ReconcileMode;
  /** There for a streaming job. */
  readonly Stream?: LabelingJobStream;
}

/** Where a streaming job's objects come from. Bucket and prefix of the store are there with an intake; see docs/decisions/0007-streams.md. */
export interface LabelingJobStream {
  /** `INTAKE`: all that comes lies in a store. `TOPIC`: a topic of the user's, of which only the job's own queue knows. */
  readonly Kind: 'INTAKE' | 'TOPIC';
  readonly Bucket?: string;
  /** Empty, or ending in a slash. */
  readonly Prefix?: string;
}

export type ReconcileMode = 'ENFORCE' | 'REPORT_ONLY';

/** What a rule, a schedule or a person asks the handler's `reconcile` for, between deployments. */
export interface LabelingJobReconcileEvent {
  readonly stateBucket: string;
  /** Of the ledger: `<stack GUID>/<logical id>/ledger.json`. */
  readonly key: string;
  /** Name of an SSM parameter that is changed when the job is not as the last deployment left it. */
  readonly driftParameter?: string;
}

export interface LabelingJobIdentity {
  /** `sha256:<hex>` of an asset's or of in-code records' content, else the URI as declared. */
  readonly Input: string;
  readonly LabelAttributeName: string;
  /** `sha256:<hex>` of the label category file's content, else its URI. */
  readonly LabelCategories: string;
  /** Id of the task type: `TextMultiClass`, …, `Custom`. */
  readonly TaskType: string;
}

/** Attributes: every one is returned on every path, as of the last deployment. */
export const LABELING_JOB_ATTRIBUTES = [
  'LabelingJobName', 'LabelingJobArn', 'LabelingJobStatus', 'State', 'Generation', 'OutputDatasetS3Uri', 'FinalActiveLearningModelArn',
  'TotalLabeled', 'HumanLabeled', 'MachineLabeled', 'FailedNonRetryableError', 'Unlabeled', 'Message', 'Drift',
] as const;
export type LabelingJobAttribute = typeof LABELING_JOB_ATTRIBUTES[number];
export type LabelingJobAttributes = Readonly<Record<LabelingJobAttribute, string>>;

/** Its resource went and left it as it was: whoever declares it may take it over. Takes the place of the request's tag, for 50 are allowed. */
export const RELEASED_TAG = `${OWNER_TAG_PREFIX}released`;

export const CONTRACT_VERSION = '1';

/** CloudFormation waits one hour for a resource; below that a clear message is still ours. */
export const MAX_TIMEOUT_SECONDS = 3300;

export { integer, oneOf, restoreIntegers, seconds } from './property-decoding-contract';
