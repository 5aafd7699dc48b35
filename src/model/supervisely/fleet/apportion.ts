/** What somebody brings along when images are shared out. */
export interface Claim {
  readonly weight: number;
  /** Images that stay with them whatever comes. */
  readonly load: number;
  /** Those, and images that were theirs. */
  readonly holds: number;
  /** How many images they got too few of before, parts of images included. */
  readonly behind: number;
}

/**
 * Shares of a number of images by weight: everybody the whole part of their quota, some one image more. Without claims this is the method of
 * largest remainders; who holds such an image already goes first, so that none moves for a rounding, then who is furthest behind.
 */
export function apportion(total: number, claims: readonly Claim[]): number[] {
  const weights = claims.reduce((sum, { weight }) => sum + weight, 0);
  const whole = claims.map(({ weight }) => Math.floor(total * weight / weights));
  const remainder = claims.map(({ weight }) => total * weight % weights);
  const left = total - whole.reduce((sum, share) => sum + share, 0);
  const holds = (index: number) => (claims[index].holds > whole[index] ? 1 : 0);
  // rounded, so that sums of fractions which ought to be equal are
  const behind = (index: number) => Math.round((claims[index].behind + remainder[index] / weights) * 1e6);
  const luckiest = claims.map((_, index) => index).filter((index) => remainder[index] > 0)
    .sort((a, b) => holds(b) - holds(a) || behind(b) - behind(a) || a - b);
  const more = new Set(luckiest.slice(0, left));
  return whole.map((share, index) => share + (more.has(index) ? 1 : 0));
}

/** Shares where nothing can be taken from anybody: whoever has more than their share keeps it, and the others share the rest, as water finds its level. */
export function pour(total: number, claims: readonly Claim[]): number[] {
  const shares = claims.map(({ load }) => load);
  let open = claims.map((_, index) => index);
  for (;;) {
    const kept = claims.filter((_, index) => !open.includes(index)).reduce((sum, { load }) => sum + load, 0);
    const part = apportion(total - kept, open.map((index) => claims[index]));
    const below = open.filter((index, place) => part[place] >= claims[index].load);
    if (below.length === open.length) {
      open.forEach((index, place) => { shares[index] = part[place]; });
      return shares;
    }
    open = below;
  }
}
