import type { SuperviselyJobStatus } from './limits';

/** A queue's images by how far they are: each is counted once. */
export interface QueueCounts {
  readonly images: number;
  /** Nobody has taken them yet. */
  readonly pending: number;
  /** A labeler has them, or gets them back. */
  readonly inProgress: number;
  /** They wait for their review. */
  readonly annotated: number;
  readonly accepted: number;
}

/** A queue that is ours, as the server shows it and the ledger knows it. */
export interface OwnQueue extends QueueCounts {
  /** Name of its record in the ledger: `<id>-r<generation>`. */
  readonly name: string;
  /** Its whole name on the server. */
  readonly title: string;
  readonly identity: string;
  readonly generation: number;
  /** Empty where the ledger was lost: the server does not say it. */
  readonly revision: string;
  /** The server's id. */
  readonly queueId: number;
  readonly status: SuperviselyJobStatus;
  /** Hidden on the server by a person. */
  readonly disabled: boolean;
  /** Ids of the images that nobody has finished; asked for only where a next queue may be made of them. */
  readonly left?: readonly number[];
  readonly stoppedByUs: boolean;
  /** The queue whose images it took over. */
  readonly resumes?: string;
  readonly marks: QueueMarks;
}

/** What a queue was made with and told, as the ledger remembers it. */
export interface QueueMarks {
  /** See `peopleHash`. */
  readonly people?: string;
  readonly attempt?: string;
  /** The declared status that it was told last. It is told again only where the declaration has changed: in between it is people's. */
  readonly status?: string;
  /** A deployment has succeeded with it. */
  readonly deployed?: string;
}

/** A queue that the ledger knows and the server does not show: somebody has removed it. */
export type RemovedQueue = Pick<OwnQueue, 'name' | 'generation' | 'marks'>;

export function isAtWork({ status, disabled }: Pick<OwnQueue, 'status' | 'disabled'>): boolean {
  return !disabled && status !== 'completed' && status !== 'stopped';
}

/** Images that nobody has finished. */
export function leftOf({ pending, inProgress }: QueueCounts): number {
  return pending + inProgress;
}

/** Images that somebody has labeled. */
export function labeledOf({ annotated, accepted }: QueueCounts): number {
  return annotated + accepted;
}

/** Nobody has begun with it. */
export function isUntouched({ images, pending, status }: Pick<OwnQueue, 'images' | 'pending' | 'status'>): boolean {
  return pending === images && (status === 'pending' || status === 'stopped');
}
