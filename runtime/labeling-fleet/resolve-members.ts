import { BoundedJobs } from './bounded-ports';
import { askedVersion, AskedVersion, changesIdentity, previousIdentity, settleVersion, VersionContext } from './member-version';
import { MemberPlace } from './merge-members';
import { MemberRecord } from '../../src/model/fleet/fleet-ledger';
import { Owner } from '../../src/model/ledger';
import { identityChangeRefusal } from '../../src/model/reconcile';
import { adoptable } from '../labeling-job/adopt-generation';
import { UserError } from '../shared/errors';
import { Objects } from '../shared/ports';

/** Refusals that are named before a user is sent back to the declaration. */
const MOST_REFUSALS = 3;
/** Members that are looked at together: a call each, for those that adopt a job. */
const TOGETHER = 100;

/** What is asked about jobs before anything is switched. */
export interface ResolverPorts {
  readonly jobs: BoundedJobs;
  readonly objects: Objects;
}

/** Turns what is asked and what is known into members, and finds out whether labels would be given up that nobody gave up. */
export class MemberResolver {
  /** Some member has another identity than it had. */
  identityChanged = false;
  private readonly refusals: string[] = [];

  constructor(
    private readonly context: VersionContext, private readonly owner: Owner, private readonly formerRelabel: string | undefined,
    private readonly objectsOf: ReadonlyMap<string, number>, private readonly ports: ResolverPorts,
  ) {}

  async* members(places: AsyncIterable<MemberPlace>): AsyncIterable<MemberRecord> {
    for await (const some of inBatches(places, TOGETHER)) {
      const members = await Promise.all(some.map(({ asked, former }) => (asked ? this.resolve({ asked, former }) : retired(former!))));
      if (this.refusals.length >= MOST_REFUSALS) break;
      yield* members.filter((member) => member !== undefined);
    }
    if (this.refusals.length > 0) throw new UserError(this.refusals.slice(0, MOST_REFUSALS).join('; '));
  }

  private async resolve({ asked, former }: Pick<Required<MemberPlace>, 'asked'> & Pick<MemberPlace, 'former'>): Promise<MemberRecord> {
    const objects = this.objectsOf.get(asked.key);
    const version = askedVersion(asked, this.context, objects);
    const previous = previousIdentity(former);
    this.identityChanged ||= previous !== undefined && previous !== version.identity;
    if (changesIdentity(version, former) && !this.relabelAllowed) await this.checkLabels(asked.key, version, former!);
    else if (version.adopt !== undefined && !isAdopted(version, former)) await this.refusesAdoption(asked.key, version);
    return {
      key: asked.key,
      base: asked.base,
      desired: settleVersion(version, former, this.relabelAllowed, this.context.isUpdate),
      generations: former?.generations ?? [],
      replacedIds: former?.replacedIds ?? [],
      objects,
    };
  }

  private get relabelAllowed(): boolean {
    const { relabel } = this.context.input;
    return relabel !== undefined && relabel !== this.formerRelabel;
  }

  /** An adopted job says itself in which fields it is another one than declared; of others the ledger knows that they have labels. */
  private async checkLabels(key: string, version: AskedVersion, former: MemberRecord): Promise<void> {
    if (version.adopt !== undefined && former.generations.some(({ name, adopted }) => adopted && name === version.adopt)) {
      if (await this.refusesAdoption(key, version)) return;
    }
    const replaced = former.generations.filter((one) => one.identity !== version.identity && one.arn !== undefined);
    const jobs = await Promise.all(replaced.map(async ({ name, end }) => (
      { name, counters: end?.counters ?? (await this.ports.jobs.describe(name))?.counters })));
    const refusal = identityChangeRefusal(jobs.flatMap(({ name, counters }) => (counters ? [{ name, counters }] : [])));
    if (refusal !== undefined) this.refuse(key, refusal);
  }

  private async refusesAdoption(key: string, version: AskedVersion): Promise<boolean> {
    try {
      await adoptable(version.adopt!, this.owner, version, this.ports);
      return false;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.refuse(key, error.message);
      return true;
    }
  }

  private refuse(key: string, why: string): void {
    this.refusals.push(`job ${JSON.stringify(key)}: ${why}`);
  }
}

/** Whether the member has taken over that job already, for labels of the same meaning. */
function isAdopted({ adopt, identity }: AskedVersion, former: MemberRecord | undefined): boolean {
  return former?.generations.some((one) => one.name === adopt && one.identity === identity && one.arn !== undefined && !one.released) ?? false;
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What is not desired any more is remembered: should it come back, its labels are not made again. */
function retired(former: MemberRecord): MemberRecord | undefined {
  return former.generations.length > 0 ? { ...former, desired: undefined } : undefined;
}
