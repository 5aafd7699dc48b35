/** One page of a list, and the token of the next: tokens are opaque to clients. */
export interface Page<T> {
  readonly items: T[];
  readonly nextToken?: string;
}

/** `invalid` makes the error that the service answers to a token it has not given. */
export function pageOf<T>(all: readonly T[], token: string | undefined, size: number, invalid: () => Error): Page<T> {
  const start = token === undefined ? 0 : offsetOf(token, invalid);
  const items = all.slice(start, start + size);
  const end = start + items.length;
  return { items, ...(end < all.length && { nextToken: Buffer.from(`offset:${end}`).toString('base64') }) };
}

function offsetOf(token: string, invalid: () => Error): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  if (!match) throw invalid();
  return Number(match[1]);
}
