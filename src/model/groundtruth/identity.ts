import { createHash } from 'node:crypto';

/** What defines the labels of a job. Two jobs with the same identity produce labels that belong together. */
export interface LabelIdentity {
  readonly Input: string;
  readonly LabelAttributeName: string;
  readonly LabelCategories: string;
  readonly TaskType: string;
}

export const HASH_LENGTH = 12;

/** JSON with sorted keys and without blanks: equal values give equal text, whatever order they were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The identity part of a job's name. The stack's GUID is in it, because names are burnt for ever: a stack that was deleted
 * and made again must not meet the names of its former life.
 */
export function identityHash(identity: LabelIdentity, stackGuid: string): string {
  const { Input, LabelAttributeName, LabelCategories, TaskType } = identity;
  return sha256(canonicalJson({ Input, LabelAttributeName, LabelCategories, TaskType, StackGuid: stackGuid })).slice(0, HASH_LENGTH);
}

/** The hash of the work-neutral fields that the user set; `json` is compared by value, not by spelling. */
export function revisionHash(json: string): string {
  return sha256(canonicalJson(JSON.parse(json))).slice(0, HASH_LENGTH);
}
