export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A resource's tags after some were added: same keys are replaced in place. */
export function mergeTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
  return Object.entries({ ...record(present), ...record(added) }).map(([Key, Value]) => ({ Key, Value }));
}

export function withoutTags(present: readonly Tag[], keys: readonly string[]): Tag[] {
  return present.filter(({ Key }) => !keys.includes(Key));
}

function record(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
