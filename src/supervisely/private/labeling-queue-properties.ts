import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LabelingQueueProps } from '../labeling-queue-props';
import type { LabelingQueueProperties, LabelingQueueSettings } from './labeling-queue-contract';
import { userProperties } from './user-properties';
import { QueueRemoval } from '../queue-removal';
import { flag, workProperties } from './labeling-job-properties';

type Rendered<T> = Readonly<Record<keyof T, unknown>>;

const DEFAULT_TIMEOUT_SECONDS = 30 * 60;

/** What a queue's declaration says to its handler. */
export function queueProperties(scope: Construct, props: LabelingQueueProps) {
  const removal = props.removal ?? QueueRemoval.STOP;
  return {
    ContractVersion: '1',
    Connection: props.connection._properties,
    TeamId: props.teamId,
    Dataset: props.dataset?._properties,
    CollectionId: props.collectionId,
    Labelers: props.labelers.map(userProperties),
    Reviewers: props.reviewers.map(userProperties),
    QualityCheckers: props.qualityCheckers?.map(userProperties),
    Work: workProperties(props),
    Settings: settingsProperties(scope, props),
    Attempt: props.attempt,
    Relabel: props.relabel,
    DesiredStatus: props.desiredStatus,
    WaitForStatus: props.waitForStatus,
    TimeoutSeconds: props.timeout?.toSeconds() ?? DEFAULT_TIMEOUT_SECONDS,
    RemovalMode: removal._mode,
    DrainTimeoutSeconds: removal._timeoutSeconds,
    DrainThen: removal._then,
    Mode: props.mode,
  } satisfies Partial<Rendered<LabelingQueueProperties>>;
}

function settingsProperties(scope: Construct, props: LabelingQueueProps): Rendered<LabelingQueueSettings> {
  return {
    Title: props.title,
    Readme: props.readme,
    Description: props.description,
    ObjectsLimitPerImage: props.objectsLimitPerImage,
    TagsLimitPerImage: props.tagsLimitPerImage,
    DynamicClasses: flag(props.dynamicClasses),
    DynamicTags: flag(props.dynamicTags),
    GuideId: props.guideId,
    ToolboxSettings: props.toolboxSettings && Stack.of(scope).toJsonString(props.toolboxSettings),
    DisableConfirm: flag(props.disableConfirm),
    DisableSubmit: flag(props.disableSubmit),
    HideFigureAuthor: flag(props.hideFigureAuthor),
    ReviewOwnAnnotations: flag(props.allowReviewOwnAnnotations),
    SkipCompleteJobOnEmpty: flag(props.skipCompleteJobOnEmpty),
  };
}
