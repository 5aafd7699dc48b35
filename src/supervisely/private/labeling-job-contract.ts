import type { ConnectionProperties, UserProperties } from './connection-contract';
import type { SuperviselyJobStatus } from '../../model/supervisely/limits';

export type { LabelingJobStateChangeDetail } from '../job-events';

/**
 * What passes between the `LabelingJob` construct and its handler. Both sides import this file. One resource is a group of the server's
 * jobs: one for each labeler, as `jobs.add` makes them.
 */
export const LABELING_JOB_RESOURCE_TYPE = 'Custom::SuperviselyLabelingJob';

export const CONTRACT_VERSION = '1';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface LabelingJobProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  /** Name of the bucket that holds the ledger. */
  readonly StateBucket: string;
  /** All of the jobs' name that is known at synthesis, as `nameBase` of the model makes it. */
  readonly NameBase: string;
  /** The team in which the job is looked for; without it the dataset's own. */
  readonly TeamId?: string;
  /** By id, by name within a project, or by the import that makes it. */
  readonly Dataset: DatasetProperties;
  /** One job for each. */
  readonly Labelers: readonly UserProperties[];
  /** What the jobs are to label. A change of it makes other jobs, and needs `Relabel` where images were labeled already. */
  readonly Work: LabelingJobWork;
  /** The other settings of `jobs.add`. A change of it makes next jobs for the images that are left. */
  readonly Settings: LabelingJobSettings;
  /** What the server lets be changed in place. */
  readonly Editable?: LabelingJobEditable;
  /** Allows another `Work` on jobs that have labeled images; must differ from the one recorded with the last such change. */
  readonly Relabel?: string;
  /** Set on every job when it is made, and again only when this value changes: afterwards people move the jobs on. */
  readonly DesiredStatus?: SuperviselyJobStatus;
  /** The deployment waits, bounded by `TimeoutSeconds`, until all jobs have this status or a later one; else it waits for nothing. */
  readonly WaitForStatus?: SuperviselyJobStatus;
  /** Seconds that a deployment may take, at most 3300. */
  readonly TimeoutSeconds: string;
  /** `STOP` (default), `ARCHIVE` (stopped, and hidden), `REMOVE` (gone for ever), `RETAIN`, or `DRAIN`: wait for the jobs to end. */
  readonly RemovalMode?: RemovalMode;
  /** Seconds that DRAIN waits at most. */
  readonly DrainTimeoutSeconds?: string;
  /** What DRAIN does in the end. */
  readonly DrainThen?: Exclude<RemovalMode, 'DRAIN'>;
  /** JSON text of a `SuperviselyResumePolicy`: which ends of a job are followed by a next one on what is left. */
  readonly Resume?: string;
  /** `REPORT_ONLY` touches no job: the plan stands in `Message` and in the log. `ENFORCE` without it. */
  readonly Mode?: ReconcileMode;
  /** Changes when the user wants the state to be reconciled (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

export interface DatasetProperties {
  readonly Id?: string;
  readonly ProjectId?: string;
  readonly Name?: string;
  /** URI of the record that an import writes last. Until it is there the status is `preparing`, and no job is made. */
  readonly ImportRecord?: string;
  /** What defines the import. It defines the jobs too, wherever the record lies. */
  readonly ImportIdentity?: string;
}

export type RemovalMode = 'STOP' | 'ARCHIVE' | 'REMOVE' | 'RETAIN' | 'DRAIN';
export type ReconcileMode = 'ENFORCE' | 'REPORT_ONLY';

export interface LabelingJobWork {
  /** Id of a job on the server whose settings are the defaults of all that is not declared, images and dataset included. */
  readonly CloneOf?: string;
  /** Names; none: all of the project's. */
  readonly Classes?: readonly string[];
  readonly Tags?: readonly string[];
  readonly ImageIds?: readonly string[];
  /** Places in the order of ids, from 1, both included. */
  readonly ImagesRange?: { readonly Start?: string; readonly End?: string };
  readonly IncludeImagesWithTags?: readonly string[];
  readonly ExcludeImagesWithTags?: readonly string[];
}

export interface LabelingJobSettings {
  /** The user's part of the jobs' names. */
  readonly Title: string;
  readonly Readme?: string;
  readonly Description?: string;
  readonly ReadOnlyTags?: readonly string[];
  readonly ObjectsLimitPerImage?: string;
  readonly TagsLimitPerImage?: string;
  readonly DynamicClasses?: string;
  readonly DynamicTags?: string;
  readonly AllowRestore?: string;
  readonly GuideId?: string;
  /** A number that just asks for next jobs on what is left. */
  readonly Attempt?: string;
}

export interface LabelingJobEditable {
  readonly Reviewer?: UserProperties;
  /** JSON text of an object. */
  readonly CustomData?: string;
  /** JSON text of an object; the server takes it for projects of videos only. */
  readonly ToolboxSettings?: string;
  readonly DisableConfirm?: string;
  readonly DisableSubmit?: string;
  readonly EnableIntermediateReview?: string;
}

/**
 * Attributes: every one is returned on every path, as of the last deployment. `JobIds`, `LabelerIds` and `Statuses` are joined by commas, in
 * the order of `Labelers`; `JobId` is the first of them; `Status` is the one that the whole group has reached, or `preparing` while the dataset is
 * being made. Counts are summed.
 */
export const LABELING_JOB_ATTRIBUTES = [
  'JobId', 'JobIds', 'LabelerIds', 'Statuses', 'Status', 'State', 'Generation', 'TeamId', 'ProjectId', 'DatasetId',
  'ImagesCount', 'FinishedImagesCount', 'AcceptedImagesCount', 'RejectedImagesCount', 'LabeledImagesCount', 'UnlabeledImagesCount', 'Message',
] as const;
export type LabelingJobAttribute = typeof LABELING_JOB_ATTRIBUTES[number];
export type LabelingJobAttributes = Readonly<Record<LabelingJobAttribute, string>>;

/** What a rule, a schedule or a person asks the handler's `reconcile` for, between deployments. */
export interface LabelingJobReconcileEvent {
  readonly connection: ConnectionProperties;
  readonly stateBucket: string;
  /** Of the ledger: `<stack GUID>/<logical id>/ledger.json`. */
  readonly key: string;
  /** Name of an SSM parameter that is changed when the jobs are not as the last deployment left them. */
  readonly driftParameter?: string;
  /** That the import of the dataset has ended without one, and why. */
  readonly importFailure?: string;
}

/** Detail type of the events on the default bus; the source is that of all events of this submodule. */
export const LABELING_JOB_STATE_CHANGE = 'Supervisely Labeling Job State Change';

/** CloudFormation waits one hour for a resource; below that a clear message is still ours. */
export const MAX_TIMEOUT_SECONDS = 3300;
