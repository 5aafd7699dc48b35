import { invalid } from '../errors';
import type { TaskType } from '../task-types';

/** The rules of `LabelAttributeName`, which depend on the task type. */
export function checkLabelAttribute(name: string, taskType: TaskType): void {
  if (name === 'source' || name === 'source-ref') {
    throw invalid(`LabelAttributeName '${name}' is the name of the data object itself; choose another name`);
  }
  if (name.endsWith('-metadata')) {
    throw invalid(`LabelAttributeName '${name}' must not end with '-metadata'`);
  }
  if (taskType.reference && !name.endsWith('-ref')) {
    throw invalid(`LabelAttributeName '${name}' must end with '-ref' for the task type ${taskType.suffix}`);
  }
  if (!taskType.reference && name.endsWith('-ref')) {
    throw invalid(`LabelAttributeName '${name}' must not end with '-ref' for the task type ${taskType.suffix || 'custom'}`);
  }
}
