export interface DataObjectRules {
  /** Ends of names, compared without case; without any every object is data. */
  readonly suffixes?: readonly string[];
  /** Keys that begin with one of these are results. */
  readonly excludedKeys: readonly string[];
}

/** Whether what lies under a prefix is data to label: no folder marker, not empty, not our own output. */
export function isDataObject({ key, size }: { readonly key: string; readonly size: number }, { suffixes, excludedKeys }: DataObjectRules): boolean {
  if (size === 0 || key.endsWith('/') || excludedKeys.some((excluded) => key.startsWith(excluded))) return false;
  return suffixes === undefined || suffixes.length === 0 || suffixes.some((suffix) => key.toLowerCase().endsWith(suffix.toLowerCase()));
}

/** The order in which S3 lists: by the bytes of the keys in UTF-8, which is not JavaScript's where a character needs two units. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
