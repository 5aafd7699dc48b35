import { LIMITS, PATTERNS } from '../../model/groundtruth/limits';
import { isKnown } from '../../private/tokens';
import { LabelingJobInventoryProps } from '../labeling-job-inventory-props';
import { rangeProblems } from './labeling-job-validation';

/** What is wrong with an inventory's filters and paging. */
export function inventoryProblems(props: LabelingJobInventoryProps): string[] {
  const { nameContains, startingToken, recordPrefix } = props;
  const problems = [
    ...rangeProblems('maxItems', props.maxItems, { min: 1, max: Number.MAX_SAFE_INTEGER }),
    ...rangeProblems('pageSize', props.pageSize, LIMITS.listPageSize),
    ...orderProblems('creationTime', props.creationTimeAfter, props.creationTimeBefore),
    ...orderProblems('lastModifiedTime', props.lastModifiedTimeAfter, props.lastModifiedTimeBefore),
  ];
  if (isKnown(nameContains) && (nameContains.length > LIMITS.nameContainsLength || !PATTERNS.nameContains.test(nameContains))) {
    problems.push(`'nameContains' must have 1 to ${LIMITS.nameContainsLength} letters, digits and hyphens, got ${JSON.stringify(nameContains)}`);
  }
  if (isKnown(startingToken) && (startingToken.length < 1 || startingToken.length > LIMITS.nextTokenLength)) {
    problems.push(`'startingToken' must have 1 to ${LIMITS.nextTokenLength} characters, got ${startingToken.length}`);
  }
  if (isKnown(recordPrefix) && recordPrefix !== '' && (!recordPrefix.endsWith('/') || recordPrefix.startsWith('/') || /[*?$]/.test(recordPrefix))) {
    problems.push(`'recordPrefix' must end, but not begin, with a slash and be without '*', '?' and '$', got ${JSON.stringify(recordPrefix)}`);
  }
  return problems;
}

function orderProblems(property: string, after: Date | undefined, before: Date | undefined): string[] {
  return after && before && after.getTime() >= before.getTime()
    ? [`'${property}After' ${after.toISOString()} must be earlier than '${property}Before' ${before.toISOString()}, or the list is always empty`]
    : [];
}
