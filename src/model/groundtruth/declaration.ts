import { taskType } from './drift';
import { BUILT_IN_TASK_TYPES } from './task-types';

type Structure = Readonly<Record<string, unknown>>;

/** What CreateLabelingJob takes, without the name, the label attribute and the tags. */
const REQUEST = [
  'InputConfig', 'OutputConfig', 'RoleArn', 'LabelCategoryConfigS3Uri', 'StoppingConditions', 'LabelingJobAlgorithmsConfig', 'HumanTaskConfig',
] as const;
/**
 * What the service fills in where the request says nothing: who leaves it out gets the same again. Lifetimes of tasks are not among it: the
 * documentation gives their default as ten days here and thirty there, and a next job is to have what this one has.
 */
const FILLED_IN: Readonly<Record<string, readonly unknown[]>> = {
  MaxConcurrentTaskCount: [1000],
};

/** The request that would make a job as the service describes it, as short as it can be. */
export function declaredRequest(described: Structure): Structure {
  return Object.fromEntries(REQUEST.flatMap((field) => {
    const value = shortened(described[field]);
    return value === undefined ? [] : [[field, value]];
  }));
}

/** Id of a built-in task type, or `Custom`: AWS's interfaces and functions tell it. */
export function declaredTaskType(described: Structure): string {
  const type = taskType(described);
  return BUILT_IN_TASK_TYPES.find(({ id }) => id === type)?.id ?? 'Custom';
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  const members = Object.entries(value as Structure).flatMap(([key, member]) => {
    const short = FILLED_IN[key]?.includes(member) ? undefined : shortened(member);
    return short === undefined ? [] : [[key, short]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
