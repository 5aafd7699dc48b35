import { Lease } from '../ledger';

/** What the forwarder remembers, in `stream.json`. Nothing in it grows with the number of objects. */
export interface StreamState {
  readonly format: typeof STREAM_FORMAT;
  readonly lease?: Lease;
  /** Somebody came while the lease was taken: who has it looks once more. */
  readonly wanted?: true;
  /** The holder of the lease has not said that all it opened was published. */
  readonly unsettled?: true;
  /** When something was forwarded last: a job that is sent nothing for ten days ends. Milliseconds since 1970, as every time here. */
  readonly lastForwardedAt?: number;
  /** Until when a wake is on its way. */
  readonly wakeAt?: number;
  /** The waiting id after which the next pass goes on, so that each has its turn. */
  readonly cursor?: string;
  /** The job that was full at the end of the last pass. */
  readonly fullJob?: string;
  readonly seeds?: Readonly<Record<string, SeedProgress>>;
  /** How far the output of an ended job was read. */
  readonly sweep?: SweepProgress;
  /** As the last pass left them. */
  readonly counts?: StreamCounts;
}

export interface SeedProgress {
  /** Bytes of a manifest, all of them in lines that were taken. */
  readonly offset?: number;
  readonly etag?: string;
  /** The last key that was taken of a listing. */
  readonly after?: string;
  readonly records: number;
  readonly refused: number;
  readonly done?: true;
}

export interface SweepProgress {
  readonly job: string;
  readonly offset: number;
  readonly labeled: number;
  readonly read?: true;
}

export interface StreamCounts {
  readonly at: number;
  /** When what waits was counted to its end. */
  readonly countedAt: number;
  readonly waiting: number;
  readonly open: number;
}

export const STREAM_FORMAT = 1;

export const NEW_STREAM: StreamState = { format: STREAM_FORMAT };

export function readStreamState(text: string): StreamState {
  const state = JSON.parse(text) as StreamState;
  if (state.format !== STREAM_FORMAT) throw new Error(`the stream's state has format ${state.format}: a newer release of the library wrote it, deploy with that one`);
  return state;
}
