import type { ConnectionProperties, UserProperties } from './connection-contract';
import type { LabelingJobWork, ReconcileMode } from './labeling-job-contract';
import type { SuperviselyJobStatus } from '../../model/supervisely/limits';
import type { QueueRemovalMode } from '../../model/supervisely/plan-queue-removal';

/** What passes between the `LabelingQueue` construct and its handler. Both sides import this file. */
export const LABELING_QUEUE_RESOURCE_TYPE = 'Custom::SuperviselyLabelingQueue';

export const QUEUE_CONTRACT_VERSION = '1';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface LabelingQueueProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  /** Name of the bucket that holds the ledger. */
  readonly StateBucket: string;
  /** All of the queue's name that is known at synthesis, as `nameBase` of the model makes it. */
  readonly NameBase: string;
  /** The team in which the queue is made; without it the images' own. */
  readonly TeamId?: string;
  /** By id, or by name within a project. Either this or `CollectionId`. */
  readonly Dataset?: { readonly Id?: string; readonly ProjectId?: string; readonly Name?: string };
  readonly CollectionId?: string;
  readonly Labelers: readonly UserProperties[];
  readonly Reviewers: readonly UserProperties[];
  /** Without it nobody looks at what reviewers have accepted. */
  readonly QualityCheckers?: readonly UserProperties[];
  /** What is to be labeled. A change of it makes another queue, and needs `Relabel` where images were labeled already. */
  readonly Work: Omit<LabelingJobWork, 'CloneOf'>;
  /** All other settings. A change of it, or of the people, makes a next queue for the images that are left. */
  readonly Settings: LabelingQueueSettings;
  /** A number that just asks for a next queue on what is left. */
  readonly Attempt?: string;
  /** Allows another `Work` on a queue that has labeled images; must differ from the one recorded with the last such change. */
  readonly Relabel?: string;
  /** Given to the queue when it is made, and again only when this value changes: afterwards people move the queue on. */
  readonly DesiredStatus?: SuperviselyJobStatus;
  /** The deployment waits, bounded by `TimeoutSeconds`, until the queue has this status or a later one; else it waits for nothing. */
  readonly WaitForStatus?: SuperviselyJobStatus;
  /** Seconds that a deployment may take, at most 3300. */
  readonly TimeoutSeconds: string;
  /** `STOP` (default), `COMPLETE`, `RETAIN`, or `DRAIN`: wait for the queue to end. The server cannot remove queues. */
  readonly RemovalMode?: QueueRemovalMode;
  /** Seconds that DRAIN waits at most. */
  readonly DrainTimeoutSeconds?: string;
  /** What DRAIN does in the end. */
  readonly DrainThen?: Exclude<QueueRemovalMode, 'DRAIN'>;
  /** `REPORT_ONLY` touches no queue: the plan stands in `Message` and in the log. `ENFORCE` without it. */
  readonly Mode?: ReconcileMode;
  /** Changes when the user wants the state to be reconciled (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

export interface LabelingQueueSettings {
  /** The user's part of the queue's name. */
  readonly Title: string;
  readonly Readme?: string;
  readonly Description?: string;
  readonly ObjectsLimitPerImage?: string;
  readonly TagsLimitPerImage?: string;
  readonly DynamicClasses?: string;
  readonly DynamicTags?: string;
  readonly GuideId?: string;
  /** JSON text of an object; the server takes it for projects of videos only. */
  readonly ToolboxSettings?: string;
  readonly DisableConfirm?: string;
  readonly DisableSubmit?: string;
  readonly HideFigureAuthor?: string;
  readonly ReviewOwnAnnotations?: string;
  readonly SkipCompleteJobOnEmpty?: string;
}

/** Attributes: every one is returned on every path, as of the last deployment. The four counts after `ImagesCount` add up to it. */
export const LABELING_QUEUE_ATTRIBUTES = [
  'QueueId', 'QueueName', 'Status', 'State', 'Generation', 'TeamId', 'ProjectId', 'DatasetId',
  'ImagesCount', 'PendingImagesCount', 'InProgressImagesCount', 'AnnotatedImagesCount', 'AcceptedImagesCount', 'Message',
] as const;
export type LabelingQueueAttribute = typeof LABELING_QUEUE_ATTRIBUTES[number];
export type LabelingQueueAttributes = Readonly<Record<LabelingQueueAttribute, string>>;

/** What a rule, a schedule or a person asks the handler's `reconcile` for, between deployments. */
export interface LabelingQueueReconcileEvent {
  readonly connection: ConnectionProperties;
  readonly stateBucket: string;
  /** Of the ledger: `<stack GUID>/<logical id>/ledger.json`. */
  readonly key: string;
  /** Name of an SSM parameter that is changed when the queue is not as the last deployment left it. */
  readonly driftParameter?: string;
}
