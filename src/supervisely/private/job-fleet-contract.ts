import type { UserProperties } from './connection-contract';
import type { LabelingJobProperties, LabelingJobReconcileEvent, LabelingJobWork } from './labeling-job-contract';
import type { RejectedImagesPolicy } from '../../model/supervisely/fleet/fleet-spec';

/**
 * What passes between the `JobFleet` construct, its state machine and its handler. All three import this file. What is not about the images of a
 * job is as in the contract of a `LabelingJob`.
 */
export const JOB_FLEET_RESOURCE_TYPE = 'Custom::SuperviselyJobFleet';

type Shared = 'ServiceToken' | 'ContractVersion' | 'Connection' | 'StateBucket' | 'NameBase' | 'TeamId' | 'Settings' | 'Editable' | 'Relabel' | 'WaitForStatus'
  | 'TimeoutSeconds' | 'RemovalMode' | 'DrainTimeoutSeconds' | 'DrainThen' | 'Mode' | 'ReconcileNonce';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface JobFleetProperties extends Pick<LabelingJobProperties, Shared> {
  /** What is labeled; an image that several of them select belongs to the first. */
  readonly ImageSets: readonly ImageSetProperties[];
  /** Who labels. Others than before, or other weights, have the rest shared out anew. */
  readonly Labelers: readonly FleetLabelerProperties[];
  /** What labels mean. A change of it makes other jobs, and needs `Relabel` where images were labeled already. */
  readonly Work: Pick<LabelingJobWork, 'Classes' | 'Tags'>;
  /** `RESTART` (default): rejected images of completed jobs go back to their labelers. `REPORT`: they are reported. */
  readonly RejectedImages?: RejectedImagesPolicy;
}

export interface ImageSetProperties extends Pick<LabelingJobWork, 'ImageIds' | 'IncludeImagesWithTags' | 'ExcludeImagesWithTags'> {
  readonly Dataset: LabelingJobProperties['Dataset'];
}

export interface FleetLabelerProperties extends UserProperties {
  /** A whole number from 1; 1 without it. */
  readonly Weight?: string;
}

export const HEAVIEST = 1000;

/**
 * Attributes: every one is returned on every path, as of the last deployment. `LabelerIds` are joined by commas, in the order of `Labelers`. Of
 * jobs that were stopped to share their images out only the stopped ones are counted.
 */
export const JOB_FLEET_ATTRIBUTES = [
  'FleetId', 'LabelerIds', 'Status', 'State', 'TeamId', 'Jobs', 'Pending', 'InProgress', 'OnReview', 'ReviewCompleted', 'Completed', 'Stopped',
  'ImagesCount', 'FinishedImagesCount', 'AcceptedImagesCount', 'RejectedImagesCount', 'UnassignedImagesCount', 'RecordUri', 'Message',
] as const;
export type JobFleetAttribute = typeof JOB_FLEET_ATTRIBUTES[number];
export type JobFleetAttributes = Readonly<Record<JobFleetAttribute, string>>;

/** What the state machine asks the handler's `reconcile` for. */
export interface JobFleetReconcileEvent extends LabelingJobReconcileEvent {
  /** What its last call has answered. */
  readonly turn?: FleetTurn;
}

export interface FleetTurn {
  /** Hash of the jobs as they were, and of what was to be done about them. */
  readonly seen: string;
  /** How many turns in a row have changed nothing. */
  readonly idle: number;
}

/** What the state machine decides by. */
export interface JobFleetReconciled {
  /** `again`: the time of the call was over before everything was done. `stuck`: no call gets any further. */
  readonly next: 'again' | 'done' | 'stuck';
  /** Given wherever the next call is to follow. */
  readonly turn?: FleetTurn;
  readonly waitSeconds?: number;
}

/** Objects of a fleet beside its ledger, below `<stack GUID>/<logical id>/`. */
export const FLEET_FILES = {
  /** A line for each labeler. */
  record: 'labelers.jsonl',
  /** `images/<job name>.json`: ids of the images that a job was made for. */
  pages: 'images/',
} as const;
