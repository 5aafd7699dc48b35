import fc from 'fast-check';
import { Listing, ListPage } from '../../../runtime/labeling-job-inventory/listing';
import { decodePageToken, encodePageToken } from '../../../runtime/labeling-job-inventory/page-token';
import { decodeLabelingJobInventoryProperties } from '../../../src/groundtruth/private/labeling-job-inventory-contract';

/** A service with so many jobs, whose token is the position of the page. */
function service(total: number): ListPage {
  return async ({ pageSize }, nextToken) => {
    const start = Number(nextToken ?? 0);
    const end = Math.min(start + pageSize, total);
    const jobs = Array.from({ length: end - start }, (_, index) => ({ LabelingJobName: `job-${start + index}` }));
    return { jobs: jobs as unknown as Awaited<ReturnType<ListPage>>['jobs'], nextToken: end < total ? String(end) : undefined };
  };
}

async function list(total: number, pagination: { MaxItems?: string; PageSize?: string; StartingToken?: string }, isTimeOver = () => false) {
  const input = decodeLabelingJobInventoryProperties({
    ServiceToken: '', ContractVersion: '1', RecordBucket: 'b', RecordPrefix: '', Filters: {}, Pagination: pagination,
  });
  const listing = new Listing(input, service(total), isTimeOver);
  const names: string[] = [];
  for await (const job of listing.jobs()) names.push(job.LabelingJobName!);
  return { names, token: listing.nextToken };
}

test('lists all, and then there is no token', async () => {
  const { names, token } = await list(250, {});
  expect(names).toHaveLength(250);
  expect(token).toBeUndefined();
});

test('what MaxItems cuts inside a page goes on inside that page, in the form of botocore', async () => {
  const { names, token } = await list(10, { MaxItems: '5', PageSize: '3' });
  expect(names).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4']);
  expect(Buffer.from(token!, 'base64').toString()).toBe('{"NextToken": "3", "boto_truncate_amount": 2}');
});

test('what MaxItems cuts inside the first page has no token of the service yet', async () => {
  const { token } = await list(10, { MaxItems: '2', PageSize: '3' });
  expect(Buffer.from(token!, 'base64').toString()).toBe('{"NextToken": null, "boto_truncate_amount": 2}');
});

test('what MaxItems cuts between pages goes on with the next one', async () => {
  const { token } = await list(10, { MaxItems: '6', PageSize: '3' });
  expect(Buffer.from(token!, 'base64').toString()).toBe('{"NextToken": "6"}');
});

test('MaxItems that all jobs fit into leaves no token', async () => {
  expect((await list(6, { MaxItems: '6', PageSize: '3' })).token).toBeUndefined();
});

test('a cut inside a page that was entered with a token counts from the start of that page', async () => {
  const first = await list(10, { MaxItems: '1', PageSize: '4' });
  const second = await list(10, { MaxItems: '1', PageSize: '4', StartingToken: first.token });
  expect(second.names).toEqual(['job-1']);
  expect(decodePageToken(second.token)).toEqual({ nextToken: undefined, skip: 2 });
});

test('takes a token of the service itself', async () => {
  expect((await list(10, { StartingToken: '7' })).names).toEqual(['job-7', 'job-8', 'job-9']);
});

test('stops at the end of a page when the time is over, and can go on', async () => {
  const { names, token } = await list(10, { PageSize: '4' }, () => true);
  expect(names).toHaveLength(4);
  expect((await list(10, { StartingToken: token })).names).toHaveLength(6);
});

test('however it is cut, and with whatever page sizes it goes on, every job is listed once and in order', async () => {
  const sizes = fc.integer({ min: 1, max: 100 }).map(String);
  await fc.assert(fc.asyncProperty(fc.nat(120), fc.array(fc.record({ MaxItems: sizes, PageSize: sizes }), { minLength: 1 }), async (total, cuts) => {
    const names: string[] = [];
    let token: string | undefined;
    let round = 0;
    do {
      const part: Awaited<ReturnType<typeof list>> = await list(total, { ...cuts[round++ % cuts.length], StartingToken: token });
      names.push(...part.names);
      token = part.token;
    } while (token !== undefined);
    expect(names).toEqual(Array.from({ length: total }, (_, index) => `job-${index}`));
  }));
});

test('a token can be read back', () => {
  fc.assert(fc.property(fc.option(fc.string({ minLength: 1 }), { nil: undefined }), fc.nat(100), (nextToken, skip) => {
    expect(decodePageToken(encodePageToken({ nextToken, skip }))).toEqual({ nextToken, skip });
  }));
});

test.each([
  ['MaxItems', { MaxItems: '0' }, /MaxItems: expected a whole number from 1, got "0"/],
  ['PageSize', { PageSize: '101' }, /PageSize: expected a whole number from 1 to 100, got "101"/],
])('fails on a wrong %s', async (_, pagination, message) => {
  await expect(list(1, pagination)).rejects.toThrow(message);
});
