import { isKnown, tokenProblems } from '../../private/tokens';
import { WorkteamShare } from '../fleet-job';

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** The handlers add a number. */
const SHARE_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function keyProblems(key: string): string[] {
  if (!isKnown(key)) return tokenProblems('key', [key], 'jobs are named by it');
  return KEY.test(key) ? [] : [`key ${JSON.stringify(key)} must have 1 to 128 letters, digits and ._- and begin with a letter or digit`];
}

export function shareProblems(shares: { readonly [key: string]: WorkteamShare }): string[] {
  const entries = Object.entries(shares);
  if (entries.length === 0) return ['no team is given, give at least one'];
  return entries.flatMap(([key, { weight }]) => [
    ...isKnown(key) ? [] : tokenProblems('key', [key], 'jobs are named by it'),
    ...!isKnown(key) || SHARE_KEY.test(key) ? [] : [`key ${JSON.stringify(key)} must have 1 to 64 letters, digits and ._- and begin with a letter or digit`],
    ...tokenProblems(`${key}.weight`, [weight], 'it is written to a file'),
    ...!isKnown(weight) || (Number.isFinite(weight) && weight > 0) ? [] : [`'weight' of ${JSON.stringify(key)} must be a number greater than 0, got ${weight}`],
  ]);
}
