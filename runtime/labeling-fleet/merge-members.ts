import { MemberSpec } from '../../src/groundtruth/private/job-fleet-contract';
import { MemberRecord } from '../../src/model/fleet/fleet-ledger';
import { UserError } from '../shared/errors';

/** One place in the order of name bases: what is asked for there, and what the fleet knows of it. */
export interface MemberPlace {
  readonly base: string;
  readonly asked?: MemberSpec;
  readonly former?: MemberRecord;
}

/** Declared members and former ones, both sorted by base, in one pass at constant memory. */
export async function* mergeMembers(asked: AsyncIterable<MemberSpec>, former: AsyncIterable<MemberRecord>): AsyncIterable<MemberPlace> {
  const left = new Peekable(asked);
  const right = new Peekable(former);
  for (;;) {
    const [a, f] = [await left.peek(), await right.peek()];
    if (!a && !f) return;
    const base = !f || (a && a.base <= f.base) ? a!.base : f.base;
    yield {
      base,
      asked: a?.base === base ? await left.next() : undefined,
      former: f?.base === base ? await right.next() : undefined,
    };
  }
}

/** Two sorted sources of declared members as one. Each base may stand in it once: it is part of names that are burnt. */
export async function* interleave(first: AsyncIterable<MemberSpec>, second: AsyncIterable<MemberSpec>): AsyncIterable<MemberSpec> {
  const left = new Peekable(first);
  const right = new Peekable(second);
  let last: MemberSpec | undefined;
  for (;;) {
    const [a, b] = [await left.peek(), await right.peek()];
    if (!a && !b) return;
    const next = !b || (a && a.base <= b.base) ? await left.next() : await right.next();
    if (last && next!.base === last.base) {
      throw new UserError(`the jobs ${JSON.stringify(last.key)} and ${JSON.stringify(next!.key)} of this fleet would have the same names, ${last.base}: change one key`);
    }
    if (last && next!.base < last.base) throw new Error(`the specification is not sorted: ${next!.base} follows ${last.base}`);
    last = next;
    yield next!;
  }
}

class Peekable<T> {
  private readonly iterator: AsyncIterator<T>;
  private ahead: IteratorResult<T> | undefined;

  constructor(source: AsyncIterable<T>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async peek(): Promise<T | undefined> {
    this.ahead ??= await this.iterator.next();
    return this.ahead.done ? undefined : this.ahead.value;
  }

  async next(): Promise<T | undefined> {
    const item = await this.peek();
    if (!this.ahead!.done) this.ahead = undefined;
    return item;
  }
}
