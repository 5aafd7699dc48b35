import { UserError } from './errors';
import { log, logError } from './log';
import { LedgerConflict, LedgerStore, StoredLedger } from './ports';
import { Ledger } from '../../src/model/ledger';
import { newestRequest, releaseLease, standing, takeLease } from '../../src/model/ledger-transitions';

const WRITE_TRIES = 10;

/** The invocation that wants to be the one writer. */
export interface WriterInvocation {
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Names this invocation as the holder of a lease. */
  readonly holder: string;
}

/** Changes the ledger whatever others write in between; `change` sees each newer version and may throw. */
export async function updateLedger(
  store: LedgerStore, ports: Pick<WriterInvocation, 'sleep'>, change: (stored: StoredLedger | undefined) => Promise<Ledger | undefined> | Ledger | undefined,
): Promise<StoredLedger | undefined> {
  for (let attempt = 1; ; attempt++) {
    const stored = await store.read();
    const changed = await change(stored);
    if (changed === undefined || changed === stored?.ledger) return stored;
    try {
      return await store.write(changed, stored?.etag);
    } catch (error) {
      if (!(error instanceof LedgerConflict) || attempt === WRITE_TRIES) throw error;
      await ports.sleep(50 * attempt);
    }
  }
}

/** Somebody else decides by now. */
export class Superseded extends UserError {}

/** Throws for a request that a newer one has overtaken: its waiter comes late, and CloudFormation no longer listens to it. */
export function refuseSuperseded(ledger: Ledger, requestId: string): void {
  if (ledger.movedTo !== undefined) throw new Superseded(`superseded: the ledger has moved to ${ledger.movedTo}`);
  if (standing(ledger, requestId) === 'superseded') throw new Superseded(`superseded by ${newestRequest(ledger)!.id}`);
}

/** What an act needs of the one writer; the writer of a fleet has such a view of each member. */
export type Writer = Pick<LedgerSession, 'ledger' | 'commit' | 'record'>;

/** The one writer of a resource, as long as it holds the lease. */
export class LedgerSession {
  /** `busy` while another writer holds the lease, `absent` without a ledger. */
  static async open(store: LedgerStore, ports: WriterInvocation, requestId: string): Promise<LedgerSession | 'busy' | 'absent'> {
    const stored = await store.read();
    if (!stored) return 'absent';
    refuseSuperseded(stored.ledger, requestId);
    if (standing(stored.ledger, requestId) === 'new') throw new UserError(`superseded: the ledger does not know request ${requestId} any more`);
    const leased = takeLease(stored.ledger, ports.holder, ports.now(), ports.now() + ports.remaining());
    return leased ? new LedgerSession(store, ports, requestId, await store.write(leased, stored.etag)) : 'busy';
  }

  private removed = false;

  private constructor(
    private readonly store: LedgerStore, private readonly ports: WriterInvocation, private readonly requestId: string, private stored: StoredLedger,
  ) {}

  get ledger(): Ledger {
    return this.stored.ledger;
  }

  /** Before an act: throws `LedgerConflict` when anybody has written since, a newer request for instance, so that the act is not done. */
  async commit(change: (ledger: Ledger) => Ledger): Promise<void> {
    // what was recorded in between may have brought a newer request to light
    refuseSuperseded(this.ledger, this.requestId);
    const changed = change(this.ledger);
    if (changed !== this.ledger) this.stored = await this.store.write(changed, this.stored.etag);
  }

  /** After an act: what was done is written down, whoever has written in between. */
  async record(change: (ledger: Ledger) => Ledger): Promise<void> {
    const stored = await updateLedger(this.store, this.ports, (current) => current && change(current.ledger));
    if (stored) this.stored = stored;
    else log('the ledger is gone: a result could not be written down');
  }

  async close(): Promise<void> {
    if (this.removed) return;
    try {
      await this.record((ledger) => releaseLease(ledger, this.ports.holder));
    } catch (error) {
      // the lease ends by itself
      logError('the lease was not released', error);
    }
  }

  /** The last act of a resource. */
  async remove(): Promise<void> {
    await this.store.remove();
    this.removed = true;
  }
}
