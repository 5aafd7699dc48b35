import { jobName, parseJobName } from '../groundtruth/names';

/** A job of a group: whose work it belongs to, of which labeler, and the how many-eth of that labeler it is. */
export interface GroupJobName {
  /** The resource's id: name base and identity. */
  readonly id: string;
  readonly base: string;
  readonly identity: string;
  readonly generation: number;
  readonly userId: number;
}

/** `<id>-r<generation>-u<user id>`: what stands in brackets at the end of the job's name on the server, and names its record in the ledger. */
export function recordName(id: string, generation: number, userId: number): string {
  return `${jobName(id, generation)}-u${userId}`;
}

/** Undefined for a text that is not of our making. */
export function parseRecordName(name: string): GroupJobName | undefined {
  const [, job, userId] = /^(.+)-u([1-9]\d{0,14})$/.exec(name) ?? [];
  const parts = job === undefined ? undefined : parseJobName(job);
  return parts && { id: parts.id, base: parts.base, identity: parts.identity, generation: parts.generation, userId: Number(userId) };
}

/** The record that the end of a job's name on the server tells; undefined for somebody else's job. */
export function recordOfTitle(title: string): string | undefined {
  const [, name] = / \[([^[\]]+)\]$/.exec(title) ?? [];
  return name !== undefined && parseRecordName(name) ? name : undefined;
}
