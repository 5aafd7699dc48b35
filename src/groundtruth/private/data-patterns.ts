import { dataLocations } from '../../model/groundtruth/manifest';

/** Objects of one bucket, as the end of an ARN. */
export interface DataPattern {
  readonly bucket: string;
  readonly keys: string;
}

/** For each bucket that a manifest names, the narrowest pattern that covers all its objects. */
export function dataPatterns(text: string): DataPattern[] {
  const keys = new Map<string, string[]>();
  for (const { bucket, key } of dataLocations(text)) {
    if (!keys.has(bucket)) keys.set(bucket, []);
    keys.get(bucket)!.push(key);
  }
  return [...keys].map(([bucket, all]) => ({ bucket, keys: new Set(all).size === 1 ? literal(all[0]) : `${literalPrefix(commonPrefix(all))}*` }));
}

function commonPrefix(keys: readonly string[]): string {
  return keys.reduce((prefix, key) => {
    let length = 0;
    while (length < prefix.length && prefix[length] === key[length]) length++;
    return prefix.slice(0, length);
  });
}

/** IAM gives `*`, `?` and `$` a meaning that keys do not know, so a pattern ends before them. */
function literalPrefix(key: string): string {
  return key.split(/[*?$]/, 1)[0];
}

function literal(key: string): string {
  const prefix = literalPrefix(key);
  return prefix === key ? key : `${prefix}*`;
}
