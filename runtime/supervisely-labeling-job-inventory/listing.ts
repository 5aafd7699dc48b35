import { decodePageToken, encodePageToken, type PageToken } from './page-token';
import { type InventoryQuery, inventoryRequest, isNamed } from '../../src/model/supervisely/inventory-request';
import type { LabelingJobInventoryInput } from '../../src/supervisely/private/labeling-job-inventory-contract';
import { mapBounded } from '../shared/bounded';
import { isTransient } from '../shared/errors';
import type { Caller } from '../shared/supervisely/client';
import { type ServerJob, ServerJobs } from '../shared/supervisely/jobs';
import type { Page } from '../shared/supervisely/pages';

/** Jobs whose images are asked for at once; the server says nowhere how many calls it takes. */
const AT_ONCE = 8;
/** Jobs between two looks at the clock. */
const TOGETHER = 100;

/**
 * A listing, a page in memory at a time. After the last one `nextToken` says where it would go on: at `MaxItems`, or where the time was over.
 */
export class Listing {
  nextToken?: string;
  /** As the server says it of the whole list, whatever was given of it. */
  total = 0;

  constructor(
    private readonly input: LabelingJobInventoryInput, private readonly query: InventoryQuery, private readonly caller: Caller,
    private readonly isTimeOver: () => boolean,
  ) {}

  async* jobs(): AsyncGenerator<ServerJob> {
    let left = this.input.maxItems ?? Infinity;
    let at: PageToken | undefined = decodePageToken(this.input.startingToken, this.input.mode);
    let given = 0;
    while (at) {
      const page: Page<ServerJob> | undefined = await this.page(at, given > 0);
      if (!page) return this.stopAt(at);
      this.total = page.total;
      for (let from = at.skip; from < page.entities.length; from += TOGETHER) {
        if (left === 0 || this.isTimeOver()) return this.stopAt({ ...at, skip: from });
        const chunk = page.entities.slice(from, from + Math.min(TOGETHER, left));
        for await (const job of this.shown(chunk)) {
          yield job;
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
  private async page({ page = 1, after }: PageToken, mayEnd: boolean): Promise<Page<ServerJob> | undefined> {
    const { teamId, pageSize, mode } = this.input;
    const paging = mode === 'TOKEN' ? { pagination_mode: 'token', ...(after !== undefined && { after }) } : { page };
    for (;;) {
      try {
        return await this.caller.call<Page<ServerJob>>('jobs.list', { ...inventoryRequest(teamId, this.query), per_page: pageSize, ...paging });
      } catch (error) {
        if (!isTransient(error) || (this.isTimeOver() && !mayEnd)) throw error;
        if (this.isTimeOver()) return undefined;
      }
    }
  }

  /** With their images, if asked for; a job that has gone in between has none, and is left out. */
  private async* shown(jobs: readonly ServerJob[]): AsyncGenerator<ServerJob> {
    const named = jobs.filter((job) => isNamed(job, this.query));
    if (!this.input.reviewStates) return yield* named;
    const server = new ServerJobs(this.caller);
    for (const job of await mapBounded(named, AT_ONCE, ({ id }) => server.info(id))) if (job) yield job;
  }

  private stopAt(token: PageToken): void {
    this.nextToken = encodePageToken(token);
  }
}

function next({ page = 1, after }: PageToken, answer: Page<ServerJob>): PageToken | undefined {
  if (answer.after !== undefined || after !== undefined) return answer.after ? { after: answer.after, skip: 0 } : undefined;
  return page < answer.pagesCount ? { page: page + 1, skip: 0 } : undefined;
}
