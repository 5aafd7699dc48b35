import type { Body, Caller } from './client';
import { SuperviselyBusy } from './errors';
import { decodePageToken, encodePageToken, type PageToken } from './page-token';
import type { Page } from './pages';
import { isTransient } from '../errors';

/** Entries between two looks at the clock. */
const TOGETHER = 100;

/** Who is told to wait for longer and asks again at once, asks in vain: the client waits by itself where there is time. */
const LONGEST_PAUSE_MS = 30_000;

/** What is listed, and how. */
export interface ListQuery<Entity> {
  readonly method: string;
  readonly body: Body;
  readonly maxItems?: number;
  readonly pageSize: number;
  readonly startingToken?: string;
  readonly mode: 'PAGE' | 'TOKEN';
  /** Those of some entries that are given, with all that belongs to them. */
  readonly shown: (entities: readonly Entity[]) => AsyncIterable<Entity>;
}

/**
 * A listing, a page in memory at a time. After the last one `nextToken` says where it would go on: at `MaxItems`, or where the time was over.
 */
export class Listing<Entity> {
  nextToken?: string;
  /** As the server says it of the whole list, whatever was given of it. */
  total = 0;

  constructor(private readonly query: ListQuery<Entity>, private readonly caller: Caller, private readonly isTimeOver: () => boolean) {}

  async* entities(): AsyncGenerator<Entity> {
    let left = this.query.maxItems ?? Infinity;
    let at: PageToken | undefined = decodePageToken(this.query.startingToken, this.query.mode);
    let given = 0;
    while (at) {
      const page: Page<Entity> | undefined = await this.page(at, given > 0);
      if (!page) return this.stopAt(at);
      this.total = page.total;
      for (let from = at.skip; from < page.entities.length; from += TOGETHER) {
        if (left === 0 || this.isTimeOver()) return this.stopAt({ ...at, skip: from });
        const chunk = page.entities.slice(from, from + Math.min(TOGETHER, left));
        for await (const entity of this.query.shown(chunk)) {
          yield entity;
          given += 1;
        }
        left -= chunk.length;
        if (chunk.length < TOGETHER && from + chunk.length < page.entities.length) return this.stopAt({ ...at, skip: from + chunk.length });
      }
      at = next(at, page);
      if (at && (left === 0 || this.isTimeOver())) return this.stopAt(at);
    }
  }

  /** Nothing where the server was busy until the time was over: what there is, is a list that was cut. */
  private async page({ page = 1, after }: PageToken, mayEnd: boolean): Promise<Page<Entity> | undefined> {
    const { method, body, pageSize, mode } = this.query;
    const paging = mode === 'TOKEN' ? { pagination_mode: 'token', ...(after !== undefined && { after }) } : { page };
    for (;;) {
      try {
        return await this.caller.call<Page<Entity>>(method, { ...body, per_page: pageSize, ...paging });
      } catch (error) {
        const isOver = this.isTimeOver() || isLong(error);
        if (!isTransient(error) || (isOver && !mayEnd)) throw error;
        if (isOver) return undefined;
      }
    }
  }

  private stopAt(token: PageToken): void {
    this.nextToken = encodePageToken(token);
  }
}

function isLong(error: unknown): boolean {
  return error instanceof SuperviselyBusy && (error.retryAfterMs ?? 0) > LONGEST_PAUSE_MS;
}

function next({ page = 1, after }: PageToken, answer: Page<unknown>): PageToken | undefined {
  if (answer.after !== undefined || after !== undefined) return answer.after ? { after: answer.after, skip: 0 } : undefined;
  return page < answer.pagesCount ? { page: page + 1, skip: 0 } : undefined;
}
