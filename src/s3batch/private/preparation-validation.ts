import { InputManifest } from '../../groundtruth/input-manifest';
import { LIMITS } from '../../model/s3batch/limits';
import { isKnown } from '../../private/tokens';
import { PreparedDataProps } from '../prepared-data';

export function preparationProblems({ steps, priority, attempt }: PreparedDataProps, manifest: InputManifest): string[] {
  const { min, max } = LIMITS.priority;
  return [
    ...(steps.length === 0 ? ['\'steps\' is empty: say what is done to the objects, for instance DataPreparation.copy()'] : []),
    ...(isKnown(priority) && !(Number.isInteger(priority) && priority >= min && priority <= max)
      ? [`'priority' must be a whole number from ${min} to ${max}, got ${priority}`] : []),
    ...(isKnown(attempt) && !(Number.isInteger(attempt) && attempt >= 1) ? [`'attempt' must be a whole number from 1, got ${attempt}`] : []),
    ...manifest._problems('source-ref').map((problem) => `'input' must name objects: ${problem}`),
  ];
}
