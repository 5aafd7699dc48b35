import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LabelingJobProps } from '../labeling-job-props';
import type { LabelingJobEditable, LabelingJobProperties, LabelingJobSettings, LabelingJobWork } from './labeling-job-contract';
import { userProperties } from './user-properties';
import { JobRemoval } from '../job-removal';
import { resumePolicy } from '../job-resume-options';
import { LabelingWorkOptions } from '../labeling-work-options';

/** A member of a contract with whatever CloudFormation makes a string of. */
type Rendered<T> = Readonly<Record<keyof T, unknown>>;

const DEFAULT_TIMEOUT_SECONDS = 30 * 60;

/** What a job's declaration says to its handler: what it labels, how, and what changes in place. */
export function declarationProperties(scope: Construct, props: LabelingJobProps) {
  const removal = props.removal ?? JobRemoval.STOP;
  return {
    ContractVersion: '1',
    Connection: props.connection._properties,
    TeamId: props.teamId,
    Dataset: props.dataset?._properties ?? {},
    Labelers: props.labelers.map(userProperties),
    Work: { CloneOf: props.cloneOf, ...workProperties(props) },
    Settings: settingsProperties(props),
    Editable: editableProperties(scope, props),
    Relabel: props.relabel,
    DesiredStatus: props.desiredStatus,
    WaitForStatus: props.waitForStatus,
    TimeoutSeconds: props.timeout?.toSeconds() ?? DEFAULT_TIMEOUT_SECONDS,
    RemovalMode: removal._mode,
    DrainTimeoutSeconds: removal._timeoutSeconds,
    DrainThen: removal._then,
    Resume: props.resume && JSON.stringify(resumePolicy(props.resume)),
    Mode: props.mode,
  } satisfies Partial<Rendered<LabelingJobProperties>>;
}

/** What jobs and queues label. */
export function workProperties(props: LabelingWorkOptions): Rendered<Omit<LabelingJobWork, 'CloneOf'>> {
  return {
    Classes: props.classes,
    Tags: props.tags,
    ImageIds: props.imageIds,
    ImagesRange: props.imagesRange && { Start: props.imagesRange.start, End: props.imagesRange.end },
    IncludeImagesWithTags: props.includeImagesWithTags,
    ExcludeImagesWithTags: props.excludeImagesWithTags,
  };
}

function settingsProperties(props: LabelingJobProps): Rendered<LabelingJobSettings> {
  return {
    Title: props.title,
    Readme: props.readme,
    Description: props.description,
    ReadOnlyTags: props.readOnlyTags,
    ObjectsLimitPerImage: props.objectsLimitPerImage,
    TagsLimitPerImage: props.tagsLimitPerImage,
    DynamicClasses: flag(props.dynamicClasses),
    DynamicTags: flag(props.dynamicTags),
    AllowRestore: flag(props.allowRestore),
    GuideId: props.guideId,
    Attempt: props.attempt,
  };
}

function editableProperties(scope: Construct, props: LabelingJobProps): Rendered<LabelingJobEditable> {
  const json = (value: unknown) => value === undefined ? undefined : Stack.of(scope).toJsonString(value);
  return {
    Reviewer: props.reviewer && userProperties(props.reviewer),
    CustomData: json(props.customData),
    ToolboxSettings: json(props.toolboxSettings),
    DisableConfirm: flag(props.disableConfirm),
    DisableSubmit: flag(props.disableSubmit),
    EnableIntermediateReview: flag(props.enableIntermediateReview),
  };
}

/** What is not said stays unsaid: the cloned job's value, or the server's. */
export function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
