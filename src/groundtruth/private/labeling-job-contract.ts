/**
 * What passes between the `LabelingJob` construct and its handler. Both sides import this file; it imports nothing.
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
  readonly RemovalMode: RemovalMode;
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
  'LabelingJobName', 'LabelingJobArn', 'LabelingJobStatus', 'State', 'Generation', 'OutputDatasetS3Uri',
  'TotalLabeled', 'HumanLabeled', 'MachineLabeled', 'FailedNonRetryableError', 'Unlabeled', 'Message',
] as const;
export type LabelingJobAttribute = typeof LABELING_JOB_ATTRIBUTES[number];
export type LabelingJobAttributes = Readonly<Record<LabelingJobAttribute, string>>;

/** Names of the tags by which a job's owner is known; the user's tags may not start with this prefix. */
export const OWNER_TAG_PREFIX = 'cdk-labeling-workflows:';
export const OWNER_TAGS = {
  stackId: `${OWNER_TAG_PREFIX}stack-id`,
  logicalId: `${OWNER_TAG_PREFIX}logical-id`,
  identity: `${OWNER_TAG_PREFIX}identity`,
  revision: `${OWNER_TAG_PREFIX}revision`,
  generation: `${OWNER_TAG_PREFIX}generation`,
  requestId: `${OWNER_TAG_PREFIX}request-id`,
} as const;

export const CONTRACT_VERSION = '1';

/** The properties as the handler uses them: what CloudFormation made strings is restored. */
export interface LabelingJobInput {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly identity: LabelingJobIdentity;
  readonly revision: string;
  /** The create request without name and tags. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly labelsOnlyUnlabeled: boolean;
  readonly relabel?: string;
  readonly overlap: boolean;
  readonly timeoutSeconds: number;
  readonly waitForStatus: 'InProgress' | 'Completed';
}

/** All that a Delete needs: every shape ever released has it, and nothing in it is refused. */
export interface LabelingJobRemoval {
  readonly stateBucket: string;
  readonly nameBase: string;
  readonly removalMode: RemovalMode;
  readonly drainTimeoutSeconds: number;
  readonly drainThen: 'STOP' | 'RETAIN';
  readonly timeoutSeconds: number;
}

/** CloudFormation waits one hour for a resource; below that a clear message is still ours. */
export const MAX_TIMEOUT_SECONDS = 3300;

/** The integers of CreateLabelingJob, by member name: no two of its structures use one name for different types. */
const INTEGERS: ReadonlySet<string> = new Set([
  'MaxHumanLabeledObjectCount', 'MaxPercentageOfInputDatasetLabeled', 'NumberOfHumanWorkersPerDataObject', 'TaskTimeLimitInSeconds',
  'TaskAvailabilityLifetimeInSeconds', 'MaxConcurrentTaskCount', 'Dollars', 'Cents', 'TenthFractionsOfACent',
]);

export function decodeLabelingJobProperties(properties: LabelingJobProperties): LabelingJobInput {
  if (properties.ContractVersion !== CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${CONTRACT_VERSION}", got ${JSON.stringify(properties.ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  const { LabelAttributeName } = properties.Identity;
  const request = restoreIntegers(properties.Request, 'Request') as Record<string, unknown>;
  return {
    stateBucket: properties.StateBucket,
    nameBase: properties.NameBase,
    identity: properties.Identity,
    revision: properties.Revision,
    request: { ...request, LabelAttributeName },
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    labelsOnlyUnlabeled: flag('LabelsOnlyUnlabeled', properties.LabelsOnlyUnlabeled, false),
    relabel: properties.Relabel,
    overlap: flag('Overlap', properties.Overlap, false),
    timeoutSeconds: seconds('TimeoutSeconds', properties.TimeoutSeconds, MAX_TIMEOUT_SECONDS),
    waitForStatus: oneOf('WaitForStatus', properties.WaitForStatus, ['InProgress', 'Completed'], 'InProgress'),
  };
}

export function decodeLabelingJobRemoval(properties: Partial<LabelingJobProperties>): LabelingJobRemoval {
  const lenient = (value: string | undefined) => (/^[0-9]+$/.test(value ?? '') ? Math.min(Number(value), MAX_TIMEOUT_SECONDS) : MAX_TIMEOUT_SECONDS);
  return {
    stateBucket: properties.StateBucket ?? '',
    nameBase: properties.NameBase ?? '',
    removalMode: properties.RemovalMode === 'RETAIN' || properties.RemovalMode === 'DRAIN' ? properties.RemovalMode : 'STOP',
    drainTimeoutSeconds: lenient(properties.DrainTimeoutSeconds),
    drainThen: properties.DrainThen === 'RETAIN' ? 'RETAIN' : 'STOP',
    timeoutSeconds: lenient(properties.TimeoutSeconds),
  };
}

export function restoreIntegers(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => restoreIntegers(item, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [
    key, INTEGERS.has(key) ? integer(`${path}.${key}`, member) : restoreIntegers(member, `${path}.${key}`),
  ]));
}

export function integer(name: string, value: unknown): number {
  if (!/^[0-9]+$/.test(String(value))) throw new Error(`${name}: expected a whole number, got ${JSON.stringify(value)}`);
  return Number(value);
}

export function seconds(name: string, value: string | undefined, most: number): number {
  const number = integer(name, value ?? most);
  if (number < 1 || number > most) throw new Error(`${name}: expected 1 to ${most} seconds, got ${number}`);
  return number;
}

function flag(name: string, value: string | undefined, otherwise: boolean): boolean {
  return value === undefined ? otherwise : oneOf(name, value, ['true', 'false'], 'false') === 'true';
}

export function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  if (!allowed.includes(value as T)) throw new Error(`${name}: expected one of ${allowed.join(', ')}, got ${JSON.stringify(value)}`);
  return value as T;
}
