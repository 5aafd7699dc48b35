import fc from 'fast-check';
import { list as listFrom, service } from './fake-listing';
import { decodePageToken, encodePageToken } from '../../../runtime/labeling-job-inventory/page-token';

const EVERY_SECOND = Array.from({ length: 2_500 }, (_, second) => second);

/** A service with so many jobs, one a second. */
function list(total: number, Pagination: { MaxItems?: string; PageSize?: string; StartingToken?: string }, isTimeOver = () => false) {
  return listFrom(service(EVERY_SECOND.slice(0, total)), { Pagination }, isTimeOver);
}

const namesOf = (total: number) => Array.from({ length: total }, (_, index) => `job-${index}`);
const OWN = 'undefined/undefined/undefined/';

test('lists all, and then there is no token', async () => {
  const { names, token } = await list(250, {});
  expect(names).toHaveLength(250);
  expect(token).toBeUndefined();
});

test('what MaxItems cuts inside a page goes on inside that page, in the form of botocore', async () => {
  const { names, token } = await list(10, { MaxItems: '5', PageSize: '3' });
  expect(names).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4']);
  expect(Buffer.from(token!, 'base64').toString()).toBe(`{"NextToken": "${OWN}3", "boto_truncate_amount": 2}`);
});

test('what MaxItems cuts inside the first page has no token of the service yet', async () => {
  const { token } = await list(10, { MaxItems: '2', PageSize: '3' });
  expect(Buffer.from(token!, 'base64').toString()).toBe('{"NextToken": null, "boto_truncate_amount": 2}');
});

test('what MaxItems cuts between pages goes on with the next one', async () => {
  const { token } = await list(10, { MaxItems: '6', PageSize: '3' });
  expect(Buffer.from(token!, 'base64').toString()).toBe(`{"NextToken": "${OWN}6"}`);
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
  expect((await list(10, { StartingToken: `${OWN}7` })).names).toEqual(['job-7', 'job-8', 'job-9']);
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
    expect(names).toEqual(namesOf(total));
  }));
});

test('a long list is read in windows, with a few calls more than its pages', async () => {
  const { names, calls } = await list(2_500, { PageSize: '10' });
  expect(names).toEqual(namesOf(2_500));
  expect(calls).toBeLessThanOrEqual(250 * 1.06);
});

test('the newest first', async () => {
  const { names } = await listFrom(service(EVERY_SECOND), { Filters: { SortOrder: 'Descending' }, Pagination: { PageSize: '10' } });
  expect(names).toEqual(namesOf(2_500).reverse());
});

test('any other order is read page by page', async () => {
  const { names, calls } = await listFrom(service(EVERY_SECOND), { Filters: { SortBy: 'Status' } });
  expect(names).toEqual(namesOf(2_500));
  expect(calls).toBe(25);
});

test.each([undefined, 'Descending'])('a long list that is cut by the time goes on where it stopped: %s', async (SortOrder) => {
  let pages = 0;
  const cut = await listFrom(service(EVERY_SECOND), { Filters: { SortOrder }, Pagination: { PageSize: '10' } }, () => ++pages > 100);
  // far enough on to be in a window of its own
  expect(JSON.parse(Buffer.from(cut.token!, 'base64').toString())).toHaveProperty(SortOrder ? 'CreationTimeBefore' : 'CreationTimeAfter');
  const rest = await listFrom(service(EVERY_SECOND), { Filters: { SortOrder }, Pagination: { PageSize: '7', StartingToken: cut.token } });
  expect(rest.names.length).toBeGreaterThan(0);
  expect([...cut.names, ...rest.names]).toEqual(SortOrder ? namesOf(2_500).reverse() : namesOf(2_500));
});

test('a throttle that lasts until the time is over cuts the list, if there is one', async () => {
  let left = 20;
  const throttled: typeof plain = async (request) => {
    if (left-- > 0) return plain(request);
    throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  };
  const plain = service(EVERY_SECOND);
  const { names, token } = await listFrom(throttled, { Pagination: { PageSize: '10' } }, () => left < -5);
  const rest = await listFrom(plain, { Pagination: { StartingToken: token } });
  expect([...names, ...rest.names]).toEqual(namesOf(2_500));
  await expect(listFrom(throttled, {}, () => true)).rejects.toThrow('Rate exceeded');
});

test('a token can be read back', () => {
  fc.assert(fc.property(fc.option(fc.string({ minLength: 1 }), { nil: undefined }), fc.nat(100), (nextToken, skip) => {
    const bounds = [undefined, { CreationTimeAfter: new Date(1_234) }, { CreationTimeBefore: new Date(1_234) }];
    for (const bound of bounds) expect(decodePageToken(encodePageToken({ nextToken, skip, bound }))).toEqual({ nextToken, skip, bound });
  }));
});

test.each([
  ['MaxItems', { MaxItems: '0' }, /MaxItems: expected a whole number from 1, got "0"/],
  ['PageSize', { PageSize: '101' }, /PageSize: expected a whole number from 1 to 100, got "101"/],
])('fails on a wrong %s', async (_, pagination, message) => {
  await expect(list(1, pagination)).rejects.toThrow(message);
});
