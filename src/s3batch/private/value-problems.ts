import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { LIMITS, PATTERNS } from '../../model/s3batch/limits';
import { isKnown, seconds, tokenProblems } from '../../private/tokens';

/** What is wrong with a text that must have a length, as far as synthesis knows it. */
export function lengthProblems(property: string, value: string | undefined, max: number, min = 1): string[] {
  if (!isKnown(value) || (value.length >= min && value.length <= max)) return [];
  return [`'${property}' must have ${min} to ${max} characters, got ${value.length}`];
}

/** A folder that S3 puts a slash behind: with one of its own nobody can tell where its files are, and a role's right to it is none. */
export function folderProblems(property: string, folder: string | undefined, max: number): string[] {
  const slashes = isKnown(folder) && /^\/|\/$/.test(folder)
    ? [`'${property}' must not begin or end with a slash, S3 puts one behind it, got ${JSON.stringify(folder)}`] : [];
  return [...lengthProblems(property, folder, max), ...slashes];
}

export function rangeProblems(property: string, value: number | undefined, { min, max }: { min: number; max: number }): string[] {
  if (!isKnown(value) || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [`'${property}' must be a whole number of ${min} to ${max}, got ${value}`];
}

export function accountProblems(property: string, value: string | undefined): string[] {
  if (!isKnown(value) || PATTERNS.accountId.test(value)) return [];
  return [`'${property}' must be an account's id of 12 digits, got ${JSON.stringify(value)}`];
}

/** Two properties of which at most one may be there. */
export function bothProblems(first: string, second: string, both: boolean, remedy: string): string[] {
  return both ? [`'${first}' and '${second}' exclude each other: ${remedy}`] : [];
}

/** Two properties that only mean something together. */
export function pairProblems(first: string, isFirst: boolean, second: string, isSecond: boolean): string[] {
  if (isFirst === isSecond) return [];
  const [missing, given] = isFirst ? [second, first] : [first, second];
  return [`'${missing}' is missing: '${given}' is given, and S3 takes both or neither`];
}

/** Whole days of a duration, which CloudFormation cannot calculate. */
export function days(property: string, duration: Duration | undefined, problems: string[]): number | undefined {
  if (duration === undefined) return undefined;
  if (duration.isUnresolved() && duration.unitLabel() !== 'days') {
    problems.push(`'${property}' must be known at synthesis or be given in days, got a token in ${duration.unitLabel()}: use Duration.days()`);
    return undefined;
  }
  return duration.toDays({ integral: false });
}

/** The tags of objects: so many at most, and what they consist of. */
export function objectTagProblems(property: string, tags: Readonly<Record<string, string>> | undefined): string[] {
  const entries = Object.entries(tags ?? {});
  return [
    ...(entries.length > LIMITS.objectTags ? [`'${property}' must hold at most ${LIMITS.objectTags} tags, an object has no more, got ${entries.length}`] : []),
    ...entries.flatMap(([key, value]) => tagProblems(property, key, value)),
  ];
}

export function tagProblems(property: string, key: string, value: string): string[] {
  const problems: string[] = [];
  if (isKnown(key) && (key.length < 1 || key.length > LIMITS.tagKeyLength || !PATTERNS.tag.test(key))) {
    problems.push(`'${property}' must have keys of 1 to ${LIMITS.tagKeyLength} letters, digits, spaces and _.:/=+-@, got ${JSON.stringify(key)}`);
  }
  if (isKnown(key) && key.toLowerCase().startsWith('aws:')) problems.push(`'${property}' must not have keys that begin with 'aws:', got ${JSON.stringify(key)}`);
  if (isKnown(value) && (value.length > LIMITS.tagValueLength || !PATTERNS.tag.test(value))) {
    problems.push(`'${property}' must have values of at most ${LIMITS.tagValueLength} letters, digits, spaces and _.:/=+-@, got ${JSON.stringify(value)}`);
  }
  return problems;
}

/** A map's keys become names in JSON, where no token can stand. */
export function keyTokenProblems(property: string, map: Readonly<Record<string, string>> | undefined): string[] {
  return tokenProblems(`${property}, a key`, Object.keys(map ?? {}), 'only values may be tokens');
}

/** Seconds of how long something waits, and what is wrong with them. */
export function timeoutProblems(property: string, timeout: Duration | undefined, longest: Duration): string[] {
  const problems: string[] = [];
  const value = seconds(property, timeout, problems);
  if (!isKnown(value) || (value >= 1 && value <= longest.toSeconds())) return problems;
  return [...problems, `'${property}' must be 1 second to ${longest.toHumanString()}, CloudFormation waits no longer than an hour, got ${timeout!.toHumanString()}`];
}

/** Tags as the API spells them, in a stable order. */
export function tagSet(tags: Readonly<Record<string, string>>): Array<{ Key: string; Value: string }> {
  return Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}

/** A key that must be named by its own ARN, as far as synthesis knows it. */
export function keyArnProblems(property: string, key: kms.IKey | undefined): string[] {
  if (!key || !isKnown(key.keyArn) || PATTERNS.encryptionKeyArn.test(key.keyArn)) return [];
  return [`'${property}' must be a key by its ARN, not by an alias, got ${JSON.stringify(key.keyArn)}`];
}
