import { isKnown } from '../../private/tokens';
import { IUser } from '../user';

/** A problem for all values that stand more than once in a list. */
export function duplicateProblems(property: string, values: ReadonlyArray<string | number> | undefined): string[] {
  if (!isKnown(values)) return [];
  const known = values.filter((value) => isKnown(value));
  const twins = [...new Set(known.filter((value, index) => known.indexOf(value) < index))];
  return twins.length === 0 ? [] : [`'${property}' must hold each value once, got ${twins.map((value) => JSON.stringify(value)).join(', ')} more than once`];
}

export function wholeNumberProblems(property: string, value: number | undefined, least: number, most = Number.MAX_SAFE_INTEGER): string[] {
  if (!isKnown(value) || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [`'${property}' must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}, got ${JSON.stringify(value)}`];
}

export function loginProblems(login: string): string[] {
  return !isKnown(login) || (login.length >= 1 && login.length <= 255 && login.trim() === login)
    ? []
    : [`'login' must have 1 to 255 characters and no space at its ends, got ${JSON.stringify(login)}`];
}

/** An empty list would mean everything on the server, which nobody means who writes it. */
export function listProblems(property: string, values: ReadonlyArray<string | number> | undefined, otherwise: string): string[] {
  if (!isKnown(values)) return [];
  return [
    ...(values.length === 0 ? [`'${property}' is empty: leave it out for ${otherwise}`] : []),
    ...(values.includes('') ? [`'${property}' must not hold an empty name`] : []),
    ...duplicateProblems(property, values),
  ];
}

/** Images cannot have and lack a tag. */
export function tagOverlapProblems(included: readonly string[] | undefined, excluded: readonly string[] | undefined): string[] {
  if (!isKnown(included) || !isKnown(excluded)) return [];
  const both = included.filter((tag) => isKnown(tag) && excluded.includes(tag));
  return both.length === 0 ? [] : [`'includeImagesWithTags' and 'excludeImagesWithTags' both hold ${both.map((tag) => JSON.stringify(tag)).join(', ')}, so no image is left`];
}

/** What is wrong with how somebody is named. */
export function userProblems(property: string, { userId, login }: IUser): string[] {
  if (userId === undefined && login === undefined) return [`'${property}' must have a 'userId' or a 'login': use User.fromUserId() or User.fromLogin()`];
  return [...wholeNumberProblems(`${property}.userId`, userId, 1), ...(login === undefined ? [] : loginProblems(login))];
}
