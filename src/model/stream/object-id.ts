/** What Ground Truth knows an object by: it drops an id that it has seen, so that a further attempt within one job needs another. */
export interface ObjectId {
  /** Of the record's key. */
  readonly digest: string;
  /** From 1. */
  readonly attempt: number;
}

const FORM = /^([0-9a-f]{64})(?:\.([1-9]\d{0,3}))?$/;
/** An id is at most so long. */
export const LONGEST_OBJECT_ID = 69;

export function objectId({ digest, attempt }: ObjectId): string {
  return attempt === 1 ? digest : `${digest}.${attempt}`;
}

/** `undefined` for an id that no stream has made. */
export function parseObjectId(id: unknown): ObjectId | undefined {
  const match = typeof id === 'string' ? FORM.exec(id) : null;
  return match ? { digest: match[1], attempt: Number(match[2] ?? 1) } : undefined;
}

/** The digest's first id and all further ones, as far as so many attempts go. */
export function allObjectIds(digest: string, attempts: number): string[] {
  return Array.from({ length: attempts }, (_, index) => objectId({ digest, attempt: index + 1 }));
}
