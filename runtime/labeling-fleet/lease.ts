import { readHead, updateHead } from './head-store';
import { FleetPorts, StateStore } from './ports';
import { FleetHead } from '../../src/model/fleet/fleet-ledger';
import { LEASE_GRACE_MS, newestRequest, releaseLease, takeLease } from '../../src/model/ledger-transitions';

/** A newer request, a Delete or another writer has come in between: this run has nothing to do any more. */
export class Superseded extends Error {
  constructor(why: string) {
    super(`superseded: ${why}`);
    this.name = 'Superseded';
  }
}

/** The one writer of a fleet: an execution of its state machine, from its first step to its last. */
export class Lease {
  /** `busy` while another execution has it, which is asked to look once more before it ends; `absent` without a head. */
  static async take(state: StateStore, ports: FleetPorts, holder: string): Promise<Lease | 'busy' | 'absent'> {
    let busy = false;
    const head = await updateHead(state, ports, (stored) => {
      if (!stored) return undefined;
      const leased = takeLease(stored, holder, ports.now(), ports.now() + ports.remaining());
      busy = leased === undefined;
      return leased ?? (stored.wanted ? stored : { ...stored, wanted: true });
    });
    if (!head) return 'absent';
    return busy ? 'busy' : new Lease(state, ports, holder, head);
  }

  /** The request whose work this is. */
  readonly requestId: string | undefined;

  private constructor(
    private readonly state: StateStore, private readonly ports: FleetPorts, private readonly holder: string, private stored: FleetHead,
  ) {
    this.requestId = newestRequest(stored)?.id;
  }

  get head(): FleetHead {
    return this.stored;
  }

  /** Before an act: throws `Superseded` where anybody else has the say now. */
  async check(): Promise<void> {
    this.refuse((await readHead(this.state))?.head);
  }

  async update(change: (head: FleetHead) => FleetHead): Promise<void> {
    this.stored = (await updateHead(this.state, this.ports, (head) => change(this.refuse(head))))!;
  }

  /** The next step of this execution goes on, after some seconds. */
  async handOn(waitSeconds: number, change: (head: FleetHead) => FleetHead = (head) => head): Promise<void> {
    await this.update((head) => ({ ...change(head), lease: { holder: this.holder, until: this.ports.now() + waitSeconds * 1000 + LEASE_GRACE_MS } }));
  }

  /** Lets go, or, where somebody has asked for a run meanwhile, keeps the lease and answers `wanted`. */
  async end(change: (head: FleetHead) => FleetHead): Promise<'released' | 'wanted'> {
    let wanted = false;
    await this.update((head) => {
      const { wanted: asked, ...changed } = change(head);
      wanted = asked ?? false;
      return wanted ? { ...changed, lease: { holder: this.holder, until: this.ports.now() + LEASE_GRACE_MS } } : releaseLease(changed, this.holder);
    });
    return wanted ? 'wanted' : 'released';
  }

  /** After a failure, or when superseded: whoever comes next need not wait. */
  async release(): Promise<void> {
    await updateHead(this.state, this.ports, (head) => head && releaseLease(head, this.holder));
  }

  private refuse(head: FleetHead | undefined): FleetHead {
    if (!head) throw new Superseded('the ledger is gone');
    const newest = newestRequest(head)?.id;
    if (newest !== this.requestId) throw new Superseded(`by request ${newest}`);
    if (head.lease?.holder !== this.holder) throw new Superseded(`by execution ${head.lease?.holder}`);
    return head;
  }
}
