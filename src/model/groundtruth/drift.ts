import { canonicalJson } from './identity';

/** A field in which a job is not as it is declared. */
export interface FieldDrift {
  /** In the API's spelling: `HumanTaskConfig.TaskTitle`. */
  readonly field: string;
  /** Absent where only one of the two has it. */
  readonly declared?: unknown;
  readonly actual?: unknown;
  /** Whether the labels would mean something else, or only the work on them differs. */
  readonly kind: 'labels' | 'work';
}

type Request = Readonly<Record<string, unknown>>;
type Leaves = ReadonlyMap<string, unknown>;

/** Filled in by the service where the request says nothing. */
const SERVER_FILLED = [
  'OutputConfig.KmsKeyId',
  'StoppingConditions',
  'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig',
  'HumanTaskConfig.MaxConcurrentTaskCount',
  'HumanTaskConfig.TaskAvailabilityLifetimeInSeconds',
];
/** A change of these gives labels that do not belong with the former ones. */
const DEFINES_LABELS = ['LabelAttributeName', 'InputConfig.DataSource', 'LabelCategoryConfigS3Uri'];
/** The functions tell the task type; with the same type, another function of the user's is only other work. */
const TELLS_TASK_TYPE = [
  'HumanTaskConfig.PreHumanTaskLambdaArn', 'HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn', 'HumanTaskConfig.UiConfig.HumanTaskUiArn',
];
const WITHOUT_ORDER = ['HumanTaskConfig.TaskKeywords', 'InputConfig.DataAttributes.ContentClassifiers'];
const LOCATIONS = ['OutputConfig.S3OutputPath'];
/** What a request consists of, without the name and the tags, which the library gives. */
const REQUEST = [
  'LabelAttributeName', 'InputConfig', 'OutputConfig', 'RoleArn', 'LabelCategoryConfigS3Uri', 'StoppingConditions', 'LabelingJobAlgorithmsConfig', 'HumanTaskConfig',
];

/** Compares a declared request with a job as the service describes it, field by field, in the order of the fields' names. */
export function requestDrift(declared: Request, described: Request): FieldDrift[] {
  const [wanted, found] = [leaves(declared), leaves(described)];
  const sameTask = taskType(declared) === taskType(described);
  const kindOf = (field: string) => (isUnder(field, DEFINES_LABELS) || (!sameTask && isUnder(field, TELLS_TASK_TYPE)) ? 'labels' : 'work');
  return [...new Set([...wanted.keys(), ...found.keys()])].sort()
    .filter((field) => wanted.has(field) || !isUnder(field, SERVER_FILLED))
    .filter((field) => comparable(field, wanted.get(field)) !== comparable(field, found.get(field)))
    .map((field) => ({
      field,
      ...(wanted.has(field) ? { declared: wanted.get(field) } : {}),
      ...(found.has(field) ? { actual: found.get(field) } : {}),
      kind: kindOf(field),
    }));
}

/** `TextMultiClass`, the name of AWS's own interface, or `custom`. */
export function taskType(request: Request): string {
  const text = (field: string) => String(leaves(request).get(field) ?? '');
  const [pre, , ui] = TELLS_TASK_TYPE.map(text);
  const builtIn = /:[0-9]{12}:function:PRE-([A-Za-z0-9]+)$/.exec(pre);
  return builtIn?.[1] ?? /:human-task-ui\/(.+)$/.exec(ui)?.[1] ?? 'custom';
}

/** `HumanTaskConfig.TaskTitle: declared "a", is "b"`: for people. */
export function describeDrift({ field, declared, actual }: FieldDrift): string {
  const say = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${field}: declared ${say(declared)}, is ${say(actual)}`;
}

function leaves(request: Request): Leaves {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: string): void => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
    if (typeof value !== 'object' || Array.isArray(value)) found.set(path, value);
    else Object.entries(value).forEach(([key, member]) => walk(member, `${path}.${key}`));
  };
  REQUEST.forEach((member) => walk(request[member], member));
  return found;
}

function comparable(field: string, value: unknown): string {
  if (Array.isArray(value) && isUnder(field, WITHOUT_ORDER)) return canonicalJson([...value].sort());
  if (typeof value === 'string' && isUnder(field, LOCATIONS)) return value.replace(/\/+$/, '');
  return value === undefined ? '' : String(typeof value === 'object' ? canonicalJson(value) : value);
}

function isUnder(field: string, paths: readonly string[]): boolean {
  return paths.some((path) => field === path || field.startsWith(`${path}.`));
}
