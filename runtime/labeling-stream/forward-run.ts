import { ForwardPorts } from './ports';
import type { TakenResults } from './results';
import { StreamLease } from './stream-lease';
import type { ForwardConfiguration } from '../../src/groundtruth/private/labeling-stream-contract';

/** What must be left of an invocation's time to begin with anything else. */
const LEAST_TIME_MS = 30_000;

/** One invocation of the forwarder: it may look several times. */
export class ForwardRun {
  forwarded = 0;
  returned = 0;
  /** What a job's manifest told, and no message. */
  labeled = 0;
  attemptsFailed = 0;
  /** Something that was opened may not be published. */
  isSettled: boolean;
  /** From the end of the invocation on, when somebody has to look again. */
  nextLookMs: number | undefined;

  constructor(readonly configuration: ForwardConfiguration, readonly ports: ForwardPorts, readonly lease: StreamLease) {
    this.isSettled = !lease.wasUnsettled;
  }

  get isTimeOver(): boolean {
    return this.ports.remaining() < LEAST_TIME_MS;
  }

  countResults({ labeled, attemptsFailed }: TakenResults): void {
    this.labeled += labeled.length;
    this.attemptsFailed += attemptsFailed.length;
  }

  lookAgainAfter(milliseconds: number): void {
    this.nextLookMs = Math.min(this.nextLookMs ?? Infinity, Math.max(0, milliseconds));
  }

  lookAgainAt(time: number): void {
    this.lookAgainAfter(time - this.ports.now());
  }
}
