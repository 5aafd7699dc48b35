import { ForwardPorts } from './ports';
import { STREAM_KEYS } from '../../src/groundtruth/private/labeling-stream-contract';
import { LEASE_GRACE_MS } from '../../src/model/ledger-transitions';
import { NEW_STREAM, readStreamState, StreamState } from '../../src/model/stream/stream-state';
import { log } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

/** SQS delays a message so long at most. */
export const LONGEST_DELAY_SECONDS = 900;
const WRITE_TRIES = 10;

type LeasePorts = Pick<ForwardPorts, 'store' | 'wakes' | 'now' | 'remaining' | 'sleep' | 'holder'>;

interface Stored {
  readonly state: StreamState;
  readonly etag?: string;
}

/** Another forwarder has the lease by now. */
export class LeaseLost extends Error {
  constructor(holder: string | undefined) {
    super(`the lease is ${holder === undefined ? 'gone' : `with ${holder}`}`);
    this.name = 'LeaseLost';
  }
}

/** The one forwarder of a stream, and its memory. */
export class StreamLease {
  /** `busy` while another one has it: that one is asked to look once more, and a wake is left for when its time is over. */
  static async take(ports: LeasePorts): Promise<StreamLease | 'busy'> {
    for (let attempt = 1; ; attempt++) {
      const stored = await read(ports);
      const { lease } = stored.state;
      const now = ports.now();
      try {
        if (lease && lease.holder !== ports.holder && lease.until > now) return await leaveWord(stored, lease.until - now, ports);
        const { wanted, ...state } = stored.state;
        const taken = { ...state, lease: { holder: ports.holder, until: now + ports.remaining() + LEASE_GRACE_MS }, unsettled: true } as const;
        return new StreamLease(ports, await write(taken, stored.etag, ports), state.unsettled ?? false);
      } catch (error) {
        if (!(error instanceof LedgerConflict) || attempt === WRITE_TRIES) throw error;
        await ports.sleep(50 * attempt);
      }
    }
  }

  /** `wasUnsettled`: the one before did not say that all it opened was published. */
  private constructor(private readonly ports: LeasePorts, private stored: Stored, readonly wasUnsettled: boolean) {}

  get state(): StreamState {
    return this.stored.state;
  }

  /** Remembers something; it is written with the next save, or at the end. */
  note(change: Partial<StreamState>): void {
    this.stored = { ...this.stored, state: { ...this.state, ...change } };
  }

  /** What must not be lost if this invocation crashes. */
  async save(change: Partial<StreamState>): Promise<void> {
    this.note(change);
    await this.writing(async () => { this.stored = await write(this.state, this.stored.etag, this.ports); });
  }

  /** Lets go; or answers `wanted`, and keeps the lease, when somebody came meanwhile and there is time for another look. */
  async end(isSettled: boolean, nextLookMs: number | undefined, mayGoOn: boolean): Promise<'released' | 'wanted'> {
    return this.writing(async () => {
      const { wanted, lease, unsettled, ...state } = this.state;
      if (wanted && mayGoOn) {
        this.stored = await write({ ...this.state, wanted: undefined }, this.stored.etag, this.ports);
        return 'wanted';
      }
      const wakeAt = await this.wakeAfter(wanted ? 0 : nextLookMs);
      this.stored = await write({ ...state, ...isSettled ? {} : { unsettled: true }, wakeAt }, this.stored.etag, this.ports);
      return 'released';
    });
  }

  private async writing<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof LedgerConflict) || attempt === WRITE_TRIES) throw error;
        await this.ports.sleep(50 * attempt);
        await this.readAgain();
      }
    }
  }

  /** Sends a delayed wake, unless one is on its way that comes no later. Answers with when one comes. */
  private async wakeAfter(milliseconds: number | undefined): Promise<number | undefined> {
    const now = this.ports.now();
    const pending = this.state.wakeAt !== undefined && this.state.wakeAt > now ? this.state.wakeAt : undefined;
    if (milliseconds === undefined || (pending !== undefined && pending <= now + milliseconds)) return pending;
    const wakeAt = await sendWake(milliseconds, 'look again', this.ports);
    this.note({ wakeAt });
    return wakeAt;
  }

  /** Others write only that they came, and when a wake comes for it. */
  private async readAgain(): Promise<void> {
    const { state: { lease, wanted, wakeAt }, etag } = await read(this.ports);
    if (lease?.holder !== this.ports.holder) throw new LeaseLost(lease?.holder);
    this.stored = { state: { ...this.state, lease, wanted, wakeAt }, etag };
  }
}

/** The wake first: who crashes in between leaves one too many, not one too few. */
async function leaveWord({ state, etag }: Stored, leaseMs: number, ports: LeasePorts): Promise<'busy'> {
  log('another forwarder is at work', { holder: state.lease!.holder });
  const isComing = state.wakeAt !== undefined && state.wakeAt > ports.now();
  if (state.wanted && isComing) return 'busy';
  const wakeAt = isComing ? state.wakeAt : await sendWake(leaseMs, 'the lease is over', ports);
  await write({ ...state, wanted: true, wakeAt }, etag, ports);
  return 'busy';
}

async function sendWake(milliseconds: number, why: string, { wakes, now }: LeasePorts): Promise<number> {
  const delaySeconds = Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil(milliseconds / 1000)));
  await wakes.send(why, { delaySeconds });
  return now() + delaySeconds * 1000;
}

async function read({ store }: LeasePorts): Promise<Stored> {
  const stored = await store.read(STREAM_KEYS.state);
  return stored ? { state: readStreamState(stored.text), etag: stored.etag } : { state: NEW_STREAM };
}

async function write(state: StreamState, over: string | undefined, { store }: LeasePorts): Promise<Stored> {
  return { state, etag: await store.write(STREAM_KEYS.state, JSON.stringify(state), over) };
}
