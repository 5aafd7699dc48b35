import { LARGEST_PAGE } from './labeling-job-inventory-contract';
import { listProblems, userProblems, wholeNumberProblems } from './validation';
import { isKnown } from '../../private/tokens';
import { LabelingJobInventoryOptions, LabelingJobInventoryProps } from '../labeling-job-inventory-props';

/** What is wrong with an inventory's filters and paging. */
export function inventoryProblems(props: LabelingJobInventoryProps): string[] {
  return [
    ...wholeNumberProblems('teamId', props.teamId, 1),
    ...peopleProblems(props),
    ...wholeNumberProblems('projectId', props.projectId, 1),
    ...wholeNumberProblems('datasetId', props.datasetId, 1),
    ...queueProblems(props),
    ...statusProblems(props),
    ...nameProblems(props),
    ...pagingProblems(props),
  ];
}

/** What is wrong with how a list is read and where it goes, of jobs and queues alike. */
export function pagingProblems(props: Pick<LabelingJobInventoryOptions, 'maxItems' | 'pageSize' | 'startingToken' | 'recordPrefix'>): string[] {
  return [
    ...wholeNumberProblems('maxItems', props.maxItems, 1),
    ...wholeNumberProblems('pageSize', props.pageSize, 1, LARGEST_PAGE),
    ...(props.startingToken === '' ? ['\'startingToken\' must not be empty: leave it out to begin at the beginning'] : []),
    ...recordProblems(props),
  ];
}

function peopleProblems({ createdBy, assignedTo, reviewer, participants }: LabelingJobInventoryProps): string[] {
  return [
    ...Object.entries({ createdBy, assignedTo, reviewer }).flatMap(([property, someone]) => someone ? userProblems(property, someone) : []),
    ...(participants?.length === 0 ? ['\'participants\' is empty: leave it out for anybody\'s jobs'] : []),
    ...(participants ?? []).flatMap((someone) => userProblems('participants', someone)),
  ];
}

function queueProblems({ queueIds, outsideQueues }: LabelingJobInventoryProps): string[] {
  return [
    ...listProblems('queueIds', queueIds, 'jobs inside and outside of queues'),
    ...(queueIds ?? []).flatMap((id) => wholeNumberProblems('queueIds', id, 1)),
    ...(queueIds && outsideQueues ? ['\'queueIds\' and \'outsideQueues\' exclude each other, leave one of them out'] : []),
  ];
}

function statusProblems({ statuses, excludeStatuses }: LabelingJobInventoryProps): string[] {
  const problems = [...listProblems('statuses', statuses, 'any status'), ...listProblems('excludeStatuses', excludeStatuses, 'any status')];
  if (statuses?.length && statuses.every((status) => excludeStatuses?.includes(status))) {
    problems.push(`'statuses' ${statuses.join(', ')} are all among 'excludeStatuses', so the list is always empty`);
  }
  return problems;
}

function nameProblems({ jobName, nameContains }: LabelingJobInventoryProps): string[] {
  return [
    ...(jobName === '' ? ['\'jobName\' must not be empty: leave it out for any name'] : []),
    ...(nameContains === '' ? ['\'nameContains\' must not be empty: leave it out for any name'] : []),
    ...(jobName !== undefined && nameContains !== undefined ? ['\'jobName\' and \'nameContains\' exclude each other, leave one of them out'] : []),
  ];
}

function recordProblems({ recordPrefix }: Pick<LabelingJobInventoryOptions, 'recordPrefix'>): string[] {
  return isKnown(recordPrefix) && recordPrefix !== '' && (!recordPrefix.endsWith('/') || recordPrefix.startsWith('/') || /[*?$]/.test(recordPrefix))
    ? [`'recordPrefix' must end, but not begin, with a slash and be without '*', '?' and '$', got ${JSON.stringify(recordPrefix)}`]
    : [];
}
