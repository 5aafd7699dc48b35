import { BoundedJobs } from './bounded-ports';
import { askedVersion, AskedVersion, changesIdentity, previousIdentity, settleVersion, VersionContext } from './member-version';
import { MemberPlace } from './merge-members';
import { MemberRecord } from '../../src/model/fleet/fleet-ledger';
import { identityChangeRefusal } from '../../src/model/reconcile';
import { UserError } from '../shared/errors';

/** Refusals that are named before a user is sent back to the declaration. */
const MOST_REFUSALS = 3;

/** Turns what is asked and what is known into members, and finds out whether labels would be given up that nobody gave up. */
export class MemberResolver {
  /** Some member has another identity than it had. */
  identityChanged = false;
  private readonly refusals: string[] = [];

  constructor(
    private readonly context: VersionContext, private readonly formerRelabel: string | undefined, private readonly jobs: BoundedJobs,
    private readonly objectsOf: ReadonlyMap<string, number>,
  ) {}

  async* members(places: AsyncIterable<MemberPlace>): AsyncIterable<MemberRecord> {
    for await (const { asked, former } of places) {
      const member = asked ? await this.resolve({ asked, former }) : retired(former!);
      if (member) yield member;
    }
    this.throwRefusals();
  }

  private async resolve({ asked, former }: Pick<Required<MemberPlace>, 'asked'> & Pick<MemberPlace, 'former'>): Promise<MemberRecord> {
    const version = askedVersion(asked, this.context);
    const previous = previousIdentity(former);
    this.identityChanged ||= previous !== undefined && previous !== version.identity;
    if (changesIdentity(version, former) && !this.relabelAllowed) await this.checkLabels(asked.key, version, former!);
    return {
      key: asked.key,
      base: asked.base,
      desired: settleVersion(version, former, this.relabelAllowed, this.context.isUpdate),
      generations: former?.generations ?? [],
      replacedIds: former?.replacedIds ?? [],
      objects: this.objectsOf.get(asked.key),
    };
  }

  private get relabelAllowed(): boolean {
    const { relabel } = this.context.input;
    return relabel !== undefined && relabel !== this.formerRelabel;
  }

  private async checkLabels(key: string, { identity }: AskedVersion, former: MemberRecord): Promise<void> {
    const replaced = former.generations.filter((one) => one.identity !== identity && one.arn !== undefined);
    const jobs = await Promise.all(replaced.map(async ({ name, end }) => ({ name, counters: end?.counters ?? (await this.jobs.describe(name))?.counters })));
    const refusal = identityChangeRefusal(jobs.flatMap(({ name, counters }) => (counters ? [{ name, counters }] : [])));
    if (refusal === undefined) return;
    this.refusals.push(`job ${JSON.stringify(key)}: ${refusal}`);
    if (this.refusals.length === MOST_REFUSALS) this.throwRefusals();
  }

  private throwRefusals(): void {
    if (this.refusals.length > 0) throw new UserError(this.refusals.join('; '));
  }
}

/** What is not desired any more is remembered: should it come back, its labels are not made again. */
function retired(former: MemberRecord): MemberRecord | undefined {
  return former.generations.length > 0 ? { ...former, desired: undefined } : undefined;
}
