import type { Caller } from '../../../../runtime/shared/supervisely/client';
import { SuperviselyBusy } from '../../../../runtime/shared/supervisely/errors';
import { Listing, type ListQuery } from '../../../../runtime/shared/supervisely/listing';

interface Entity { readonly id: number }

/** Pages of one entity; from the second one on the server is busy, and says for how long. */
class Busy implements Caller {
  readonly serverUrl = 'https://supervisely.test';
  asked = 0;

  constructor(private readonly retryAfterMs: number | undefined, private readonly goodPages: number) {}

  async call<Answer>(method: string): Promise<Answer> {
    this.asked += 1;
    if (this.asked > this.goodPages) throw new SuperviselyBusy(method, 'too many requests (HTTP 429)', this.retryAfterMs);
    return { total: 3, perPage: 1, pagesCount: 3, entities: [{ id: this.asked }] } as Answer;
  }
}

async function* all(entities: readonly Entity[]) {
  yield* entities;
}

const QUERY: ListQuery<Entity> = { method: 'jobs.list', body: {}, pageSize: 1, mode: 'PAGE', shown: all };

async function listed(listing: Listing<Entity>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of listing.entities()) ids.push(id);
  return ids;
}

test('a server that asks for a pause longer than there is time is not asked again at once: the list is cut', async () => {
  const busy = new Busy(600_000, 1);
  const listing = new Listing(QUERY, busy, () => false);
  expect([await listed(listing), busy.asked, listing.nextToken !== undefined]).toEqual([[1], 2, true]);
});

test('where nothing is listed yet, it is an error', async () => {
  await expect(listed(new Listing(QUERY, new Busy(600_000, 0), () => false))).rejects.toThrow('too many requests');
});

test('a server that is busy for a moment is asked until the time is over', async () => {
  const busy = new Busy(undefined, 1);
  expect(await listed(new Listing(QUERY, busy, () => busy.asked > 9))).toEqual([1]);
  expect(busy.asked).toBe(10);
});
