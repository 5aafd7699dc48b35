import { type JobNameParts, parseJobName } from '../groundtruth/names';

/** The server has no idempotency key, so a queue is found again by the end of its name: ` [<id>-r<generation>]`. */
export function queueTitle(title: string, name: string): string {
  return `${title} [${name}]`;
}

/** The record of the ledger that the end of a queue's name on the server tells; undefined for somebody else's queue. */
export function recordOfQueue(title: string): (JobNameParts & { readonly name: string }) | undefined {
  const [, name] = / \[([^[\]]+)\]$/.exec(title) ?? [];
  const parts = name === undefined ? undefined : parseJobName(name);
  return parts && { ...parts, name };
}
