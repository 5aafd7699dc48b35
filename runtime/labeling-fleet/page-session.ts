import { Lease, Superseded } from './lease';
import { pageText, parsePage } from './pages';
import { StateStore } from './ports';
import { MemberRecord, PageRecord } from '../../src/model/fleet/fleet-ledger';
import { memberLedger, withLedger } from '../../src/model/fleet/member-ledger';
import { Ledger } from '../../src/model/ledger';
import { Writer } from '../shared/ledger-session';

type Change = (ledger: Ledger) => Ledger;

/**
 * A page of members while its jobs are looked at and acted on. Intentions of all members that come at once are written with one
 * put, before any of their acts; results gather and are written at the end. Should this be cut off in between, the next run finds
 * the jobs by their names.
 */
export class PageSession {
  static async open(state: StateStore, lease: Lease, page: PageRecord): Promise<PageSession> {
    const stored = await state.read(page.key);
    if (!stored) throw new Superseded(`page ${page.key} is gone`);
    return new PageSession(state, lease, page.key, stored.etag, parsePage(stored.text));
  }

  private readonly places: ReadonlyMap<string, number>;
  private dirty = false;
  private nextWrite: Promise<void> | undefined;
  private lastWrite: Promise<void> = Promise.resolve();

  private constructor(
    private readonly state: StateStore, private readonly lease: Lease, private readonly key: string, private etag: string,
    private readonly current: MemberRecord[],
  ) {
    this.places = new Map(current.map(({ base }, index) => [base, index]));
  }

  get members(): readonly MemberRecord[] {
    return this.current;
  }

  /** The member as the writer of a single job sees it. */
  writer(base: string): Writer {
    const place = this.places.get(base)!;
    const apply = (change: Change) => this.apply(place, change);
    return {
      get ledger() { return apply((ledger) => ledger); },
      commit: async (change) => {
        apply(change);
        if (this.dirty) await this.writeSoon();
        else await this.lease.check();
      },
      record: async (change) => void apply(change),
    };
  }

  /** What was learnt and done is written down. */
  async flush(): Promise<void> {
    await this.lastWrite;
    if (this.dirty) await this.write();
  }

  private apply(place: number, change: Change): Ledger {
    const member = this.current[place];
    const changed = withLedger(member, change(memberLedger(this.lease.head, member)));
    if (changed !== member) {
      this.current[place] = changed;
      this.dirty = true;
    }
    return memberLedger(this.lease.head, changed);
  }

  private writeSoon(): Promise<void> {
    this.nextWrite ??= this.lastWrite.then(async () => {
      this.nextWrite = undefined;
      await this.write();
      // whoever has written to the head since has the say; who comes later finds the lease taken
      await this.lease.check();
    });
    this.lastWrite = this.nextWrite;
    return this.nextWrite;
  }

  private async write(): Promise<void> {
    this.dirty = false;
    this.etag = await this.state.write(this.key, pageText(this.current), this.etag);
  }
}
