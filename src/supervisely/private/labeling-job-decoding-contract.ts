import { type ConnectionInput, decodeConnection, id, optionalId, user } from './connection-contract';
import {
  CONTRACT_VERSION, type LabelingJobEditable, type LabelingJobProperties, type LabelingJobSettings, type LabelingJobWork, MAX_TIMEOUT_SECONDS,
  type ReconcileMode, type RemovalMode,
} from './labeling-job-contract';
import type { GroupEditable, GroupSettings, GroupSpec, GroupWork } from '../../model/supervisely/group-spec';
import { JOB_STATUSES, type SuperviselyJobStatus } from '../../model/supervisely/limits';
import { DEFAULT_SUPERVISELY_RESUME_POLICY, type SuperviselyResumePolicy } from '../../model/supervisely/resume-policy';
import { flag, integer, oneOf, seconds } from '../../private/property-decoding-contract';

/** The properties as the handler uses them: what CloudFormation made strings is restored. */
export interface LabelingJobInput {
  readonly connection: ConnectionInput;
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly spec: GroupSpec;
  readonly relabel?: string;
  readonly waitForStatus?: SuperviselyJobStatus;
  readonly timeoutSeconds: number;
  readonly mode: ReconcileMode;
}

/** All that a Delete needs: nothing in it is refused. */
export interface LabelingJobRemoval {
  readonly connection: ConnectionInput;
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly spec: GroupSpec;
  readonly removalMode: RemovalMode;
  readonly drainTimeoutSeconds: number;
  readonly drainThen: Exclude<RemovalMode, 'DRAIN'>;
  readonly timeoutSeconds: number;
  readonly mode: ReconcileMode;
}

export function decodeLabelingJobProperties(properties: LabelingJobProperties): LabelingJobInput {
  if (properties.ContractVersion !== CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
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

export function decodeLabelingJobRemoval(properties: LabelingJobProperties): LabelingJobRemoval {
  const lenient = (value: string | undefined) => (/^[0-9]+$/.test(value ?? '') ? Math.min(Number(value), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS);
  const among = <T extends string>(value: string | undefined, allowed: readonly T[]): T => allowed.find((one) => one === value) ?? allowed[0];
  return {
    connection: decodeConnection(properties.Connection),
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    spec: decodeSpec(properties),
    removalMode: among(properties.RemovalMode, ['STOP', 'ARCHIVE', 'REMOVE', 'RETAIN', 'DRAIN']),
    drainTimeoutSeconds: lenient(properties.DrainTimeoutSeconds),
    drainThen: among(properties.DrainThen, ['STOP', 'ARCHIVE', 'REMOVE', 'RETAIN']),
    timeoutSeconds: lenient(properties.TimeoutSeconds),
    mode: among(properties.Mode, ['ENFORCE', 'REPORT_ONLY']),
  };
}

function decodeSpec({ TeamId, Dataset = {}, Labelers = [], Work = {}, Settings, Editable = {}, DesiredStatus, Resume }: LabelingJobProperties): GroupSpec {
  return definedMembers({
    teamId: optionalId('TeamId', TeamId),
    dataset: definedMembers({
      id: optionalId('Dataset.Id', Dataset.Id),
      projectId: optionalId('Dataset.ProjectId', Dataset.ProjectId),
      name: Dataset.Name,
      importRecord: Dataset.ImportRecord,
      importIdentity: Dataset.ImportIdentity,
    }),
    labelers: Labelers.map((one, index) => user(`Labelers[${index}]`, one)),
    work: decodedWork(Work),
    settings: decodeSettings(Settings),
    editable: decodeEditable(Editable),
    desiredStatus: DesiredStatus && oneOf('DesiredStatus', DesiredStatus, JOB_STATUSES, 'pending'),
    resume: decodeResume(Resume),
  });
}

export function decodedWork(work: LabelingJobWork): GroupWork {
  const { Start, End } = work.ImagesRange ?? {};
  return definedMembers({
    cloneOf: optionalId('Work.CloneOf', work.CloneOf),
    classes: work.Classes,
    tags: work.Tags,
    imageIds: work.ImageIds?.map((one, index) => id(`Work.ImageIds[${index}]`, one)),
    imagesRange: work.ImagesRange && definedMembers({ start: optionalId('Work.ImagesRange.Start', Start), end: optionalId('Work.ImagesRange.End', End) }),
    includeImagesWithTags: work.IncludeImagesWithTags,
    excludeImagesWithTags: work.ExcludeImagesWithTags,
  });
}

function decodeSettings(settings: LabelingJobSettings): GroupSettings {
  const number = (name: string, value: string | undefined) => (value === undefined ? undefined : integer(`Settings.${name}`, value));
  return definedMembers({
    title: settings.Title,
    readme: settings.Readme,
    description: settings.Description,
    readOnlyTags: settings.ReadOnlyTags,
    objectsLimitPerImage: number('ObjectsLimitPerImage', settings.ObjectsLimitPerImage),
    tagsLimitPerImage: number('TagsLimitPerImage', settings.TagsLimitPerImage),
    dynamicClasses: optionalFlag('Settings.DynamicClasses', settings.DynamicClasses),
    dynamicTags: optionalFlag('Settings.DynamicTags', settings.DynamicTags),
    allowRestore: optionalFlag('Settings.AllowRestore', settings.AllowRestore),
    guideId: optionalId('Settings.GuideId', settings.GuideId),
    attempt: number('Attempt', settings.Attempt),
  });
}

function decodeEditable(editable: LabelingJobEditable): GroupEditable {
  return definedMembers({
    reviewer: editable.Reviewer && user('Editable.Reviewer', editable.Reviewer),
    customData: decodedObject('Editable.CustomData', editable.CustomData),
    toolboxSettings: decodedObject('Editable.ToolboxSettings', editable.ToolboxSettings),
    disableConfirm: optionalFlag('Editable.DisableConfirm', editable.DisableConfirm),
    disableSubmit: optionalFlag('Editable.DisableSubmit', editable.DisableSubmit),
    enableIntermediateReview: optionalFlag('Editable.EnableIntermediateReview', editable.EnableIntermediateReview),
  });
}

function decodeResume(json: string | undefined): SuperviselyResumePolicy {
  const { maxAttempts, stopped, rejected } = JSON.parse(json ?? '{}') as Partial<Record<keyof SuperviselyResumePolicy, string>>;
  const otherwise = DEFAULT_SUPERVISELY_RESUME_POLICY;
  return {
    maxAttempts: integer('Resume.maxAttempts', maxAttempts ?? otherwise.maxAttempts),
    stopped: oneOf('Resume.stopped', stopped, ['RESUME', 'LEAVE'], otherwise.stopped),
    rejected: oneOf('Resume.rejected', rejected, ['RESTART', 'REPORT'], otherwise.rejected),
  };
}

export function optionalFlag(name: string, value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : flag(name, value, false);
}

/** The members of a property that is JSON text. */
export function decodedObject(name: string, json: string | undefined): Record<string, unknown> | undefined {
  if (json === undefined) return undefined;
  const value: unknown = JSON.parse(json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${name}: expected the JSON of an object, got ${json.slice(0, 100)}`);
}

/** What is not declared does not stand in the ledger and counts in no hash. */
export function definedMembers<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
