import { refuse } from './errors';
import { OWNER_TAG_PREFIX, OWNER_TAGS } from './owner-tags-contract';
import { isKnown } from './tokens';
import { LIMITS, PATTERNS } from '../model/groundtruth/limits';

/** A job's tags in the API's spelling, in a stable order; nothing for none. */
export function renderTags(where: string, tags: Readonly<Record<string, string>>): Array<{ Key: string; Value: string }> | undefined {
  const most = LIMITS.tags - Object.keys(OWNER_TAGS).length;
  const entries = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  refuse(where, [
    ...(entries.length > most ? [`the job has ${entries.length} tags, at most ${most} are allowed besides the library's own ${Object.keys(OWNER_TAGS).length}`] : []),
    ...entries.flatMap(([key, value]) => tagProblems(key, value)),
  ]);
  return entries.length > 0 ? entries.map(([Key, Value]) => ({ Key, Value })) : undefined;
}

function tagProblems(key: string, value: string): string[] {
  const problems: string[] = [];
  if (isKnown(key) && (key.length < 1 || key.length > LIMITS.tagKeyLength || !PATTERNS.tag.test(key))) {
    problems.push(`tag key ${JSON.stringify(key)} must have 1 to ${LIMITS.tagKeyLength} letters, digits, spaces and _.:/=+-@`);
  }
  if (isKnown(key) && (key.startsWith(OWNER_TAG_PREFIX) || key.toLowerCase().startsWith('aws:'))) {
    problems.push(`tag key ${JSON.stringify(key)} must not begin with '${OWNER_TAG_PREFIX}' or 'aws:', rename it`);
  }
  if (isKnown(value) && (value.length > LIMITS.tagValueLength || !PATTERNS.tag.test(value))) {
    problems.push(`the value of tag ${JSON.stringify(key)} must have at most ${LIMITS.tagValueLength} letters, digits, spaces and _.:/=+-@, got ${JSON.stringify(value)}`);
  }
  return problems;
}
