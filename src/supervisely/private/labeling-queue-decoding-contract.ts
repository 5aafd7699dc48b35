import { type ConnectionInput, decodeConnection, optionalId, user, type UserProperties } from './connection-contract';
import { MAX_TIMEOUT_SECONDS, type ReconcileMode } from './labeling-job-contract';
import { decodedObject, decodedWork, definedMembers, optionalFlag } from './labeling-job-decoding-contract';
import { type LabelingQueueProperties, type LabelingQueueSettings, QUEUE_CONTRACT_VERSION } from './labeling-queue-contract';
import { JOB_STATUSES, type SuperviselyJobStatus } from '../../model/supervisely/limits';
import { QUEUE_REMOVAL_MODES, type QueueRemovalMode } from '../../model/supervisely/plan-queue-removal';
import type { QueueSettings, QueueSpec } from '../../model/supervisely/queue-spec';
import { integer, oneOf, seconds } from '../../private/property-decoding-contract';

/** The properties as the handler uses them: what CloudFormation made strings is restored. */
export interface LabelingQueueInput {
  readonly connection: ConnectionInput;
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly spec: QueueSpec;
  readonly relabel?: string;
  readonly waitForStatus?: SuperviselyJobStatus;
  readonly timeoutSeconds: number;
  readonly mode: ReconcileMode;
}

/** All that a Delete needs: nothing in it is refused. */
export interface LabelingQueueRemoval {
  readonly connection: ConnectionInput;
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly spec: QueueSpec;
  readonly removalMode: QueueRemovalMode;
  readonly drainTimeoutSeconds: number;
  readonly drainThen: Exclude<QueueRemovalMode, 'DRAIN'>;
  readonly timeoutSeconds: number;
  readonly mode: ReconcileMode;
}

export function decodeLabelingQueueProperties(properties: LabelingQueueProperties): LabelingQueueInput {
  if (properties.ContractVersion !== QUEUE_CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${QUEUE_CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  return {
    connection: decodeConnection(properties.Connection),
    stateBucket: properties.StateBucket,
    nameBase: properties.NameBase,
    spec: decodeSpec(properties),
    relabel: properties.Relabel,
    waitForStatus: properties.WaitForStatus && oneOf('WaitForStatus', properties.WaitForStatus, JOB_STATUSES, 'pending'),
    timeoutSeconds: seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS),
    mode: oneOf('Mode', properties.Mode, ['ENFORCE', 'REPORT_ONLY'], 'ENFORCE'),
  };
}

export function decodeLabelingQueueRemoval(properties: LabelingQueueProperties): LabelingQueueRemoval {
  const lenient = (value: string | undefined) => (/^[0-9]+$/.test(value ?? '') ? Math.min(Number(value), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS);
  const among = <T extends string>(value: string | undefined, allowed: readonly T[]): T => allowed.find((one) => one === value) ?? allowed[0];
  return {
    connection: decodeConnection(properties.Connection),
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    spec: decodeSpec(properties),
    removalMode: among(properties.RemovalMode, QUEUE_REMOVAL_MODES),
    drainTimeoutSeconds: lenient(properties.DrainTimeoutSeconds),
    drainThen: among(properties.DrainThen, ['STOP', 'COMPLETE', 'RETAIN']),
    timeoutSeconds: lenient(properties.TimeoutSeconds),
    mode: among(properties.Mode, ['ENFORCE', 'REPORT_ONLY']),
  };
}

function decodeSpec(properties: LabelingQueueProperties): QueueSpec {
  const { TeamId, Dataset = {}, CollectionId, Labelers = [], Reviewers = [], QualityCheckers = [], Work = {}, Settings, Attempt, DesiredStatus } = properties;
  return definedMembers({
    teamId: optionalId('TeamId', TeamId),
    dataset: definedMembers({
      id: optionalId('Dataset.Id', Dataset.Id), projectId: optionalId('Dataset.ProjectId', Dataset.ProjectId), name: Dataset.Name,
    }),
    collectionId: optionalId('CollectionId', CollectionId),
    labelers: people('Labelers', Labelers),
    reviewers: people('Reviewers', Reviewers),
    qualityCheckers: people('QualityCheckers', QualityCheckers),
    work: decodedWork(Work),
    settings: decodeSettings(Settings),
    attempt: Attempt === undefined ? undefined : integer('Attempt', Attempt),
    desiredStatus: DesiredStatus && oneOf('DesiredStatus', DesiredStatus, JOB_STATUSES, 'pending'),
  });
}

function people(name: string, users: readonly UserProperties[]) {
  return users.map((one, index) => user(`${name}[${index}]`, one));
}

function decodeSettings(settings: LabelingQueueSettings): QueueSettings {
  const number = (name: string, value: string | undefined) => (value === undefined ? undefined : integer(`Settings.${name}`, value));
  const flagged = (name: string, value: string | undefined) => optionalFlag(`Settings.${name}`, value);
  return definedMembers({
    title: settings.Title,
    readme: settings.Readme,
    description: settings.Description,
    objectsLimitPerImage: number('ObjectsLimitPerImage', settings.ObjectsLimitPerImage),
    tagsLimitPerImage: number('TagsLimitPerImage', settings.TagsLimitPerImage),
    dynamicClasses: flagged('DynamicClasses', settings.DynamicClasses),
    dynamicTags: flagged('DynamicTags', settings.DynamicTags),
    guideId: optionalId('Settings.GuideId', settings.GuideId),
    toolboxSettings: decodedObject('Settings.ToolboxSettings', settings.ToolboxSettings),
    disableConfirm: flagged('DisableConfirm', settings.DisableConfirm),
    disableSubmit: flagged('DisableSubmit', settings.DisableSubmit),
    hideFigureAuthor: flagged('HideFigureAuthor', settings.HideFigureAuthor),
    reviewOwnAnnotations: flagged('ReviewOwnAnnotations', settings.ReviewOwnAnnotations),
    skipCompleteJobOnEmpty: flagged('SkipCompleteJobOnEmpty', settings.SkipCompleteJobOnEmpty),
  });
}

