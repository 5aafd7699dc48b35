import { integer } from '../../private/property-decoding-contract';

export { flag, integer, oneOf, seconds } from '../../private/property-decoding-contract';

/** The integers of CreateLabelingJob, by member name: no two of its structures use one name for different types. */
const INTEGERS: ReadonlySet<string> = new Set([
  'MaxHumanLabeledObjectCount', 'MaxPercentageOfInputDatasetLabeled', 'NumberOfHumanWorkersPerDataObject', 'TaskTimeLimitInSeconds',
  'TaskAvailabilityLifetimeInSeconds', 'MaxConcurrentTaskCount', 'Dollars', 'Cents', 'TenthFractionsOfACent',
]);

export function restoreIntegers(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => restoreIntegers(item, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [
    key, INTEGERS.has(key) ? integer(`${path}.${key}`, member) : restoreIntegers(member, `${path}.${key}`),
  ]));
}
