import { apiToken } from '../../../../runtime/shared/supervisely/api-token';
import { type Fetch, SuperviselyClient } from '../../../../runtime/shared/supervisely/client';
import { reasonIn, SuperviselyBusy, SuperviselyError } from '../../../../runtime/shared/supervisely/errors';
import { allOf } from '../../../../runtime/shared/supervisely/pages';
import { failureOf, retryAfterMs } from '../../../../runtime/shared/supervisely/transport-failures';

const TOKEN = 'very-secret-token';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:token';

beforeEach(() => void jest.spyOn(console, 'log').mockImplementation(() => undefined));

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

function client(answers: Array<Response | Error>, { serverUrl = 'https://server.test', allowPlainHttp = false, time = 300_000 } = {}) {
  const requests: Array<{ url: string; init: RequestInit }> = [];
  const pauses: number[] = [];
  let tokens = 0;
  const fetch: Fetch = async (url, init) => {
    requests.push({ url, init });
    const next = answers.shift()!;
    if (next instanceof Error) throw next;
    return next;
  };
  const connection = { serverUrl, secretArn: SECRET, allowPlainHttp, requestTimeoutSeconds: 30 };
  const made = new SuperviselyClient(connection, {
    fetch,
    token: async () => {
      tokens += 1;
      return TOKEN;
    },
    remaining: () => time - pauses.reduce((sum, pause) => sum + pause, 0),
    sleep: async (milliseconds) => void pauses.push(milliseconds),
  });
  return { made, requests, pauses, tokens: () => tokens };
}

describe('a call', () => {
  test('is a POST of JSON with the token in one header, which is read once', async () => {
    const { made, requests, tokens } = client([answer(200, { id: 8 }), answer(200, '')]);
    expect(await made.call('teams.info', { id: 8 })).toEqual({ id: 8 });
    expect(await made.call('jobs.archive', { id: 1 })).toEqual({});
    expect(tokens()).toBe(1);
    expect(requests[0].url).toBe('https://server.test/public/api/v3/teams.info');
    expect(requests[0].init).toMatchObject({
      method: 'POST', redirect: 'manual', body: '{"id":8}', headers: { 'content-type': 'application/json', 'x-api-key': TOKEN },
    });
  });

  test('for a file gives its bytes as they are, and is repeated like any other', async () => {
    const bytes = Uint8Array.of(0xff, 0xd8, 0, 0x80);
    const { made, requests } = client([answer(503, 'busy'), new Response(bytes, { status: 200 })]);
    expect([...await made.download('images.download', { id: 7 })]).toEqual([...bytes]);
    expect(requests.map(({ url }) => url.split('/').at(-1))).toEqual(['images.download', 'images.download']);
  });

  test('is repeated where that may help, after the pause that the server asks for', async () => {
    const { made, pauses } = client([answer(500, ''), answer(429, '', { 'retry-after': '7' }), new TypeError('fetch failed'), answer(200, [])]);
    expect(await made.call('jobs.list', {})).toEqual([]);
    expect(pauses).toEqual([1000, 7000, 4000]);
  });

  test.each([408, 429, 499, 500, 502, 503, 504, 509, 598, 599])('of %s is given to the next poll when the time is over', async (status) => {
    const { made, requests } = client([answer(status, { error: 'busy' })], { time: 9_000 });
    await expect(made.call('jobs.list', {})).rejects.toBeInstanceOf(SuperviselyBusy);
    expect(requests).toHaveLength(1);
  });

  test('that could make a second thing is never repeated', async () => {
    const { made, requests } = client([answer(500, '')]);
    await expect(made.call('jobs.add', {}, { once: true })).rejects.toBeInstanceOf(SuperviselyBusy);
    expect(requests).toHaveLength(1);
  });

  test('that is refused says why, without the token', async () => {
    const { made } = client([answer(400, { error: 'Bad Request', details: { message: `no such thing, ${TOKEN}` } })]);
    const error = await made.call<Error>('jobs.add', {}).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(SuperviselyError);
    expect(error.message).toBe('jobs.add: no such thing, *** (HTTP 400)');
  });

  test.each([
    ['a wrong token', answer(401, ''), `https://server.test does not accept the API token of the secret ${SECRET}: put a valid one into it`],
    ['a redirect', answer(302, '', { location: 'https://evil.test' }), 'https://server.test redirects teams.list elsewhere'],
    ['something that is no Supervisely server', answer(200, '<html>'), 'the answer is no JSON'],
    ['a certificate of somebody else', Object.assign(new TypeError('fetch failed'), { cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'not for it' } }),
      'https://server.test cannot be reached: ERR_TLS_CERT_ALTNAME_INVALID, not for it'],
  ])('%s is final', async (_, given, message) => {
    const { made, requests } = client([given]);
    await expect(made.call('teams.list', {})).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
  });
});

describe('addresses', () => {
  test('plain HTTP is refused unless asked for', () => {
    expect(() => client([], { serverUrl: 'http://server.test' })).toThrow('http://server.test would get the API token in the clear');
    expect(() => client([], { serverUrl: 'http://server.test', allowPlainHttp: true })).not.toThrow();
  });

  test.each(['server.test', 'ftp://server.test', ''])('%p is none', (serverUrl) => {
    expect(() => client([], { serverUrl, allowPlainHttp: true })).toThrow('the server\'s address must be like https://app.supervisely.com');
  });
});

describe('pages', () => {
  const page = (entities: number[], rest: object) => answer(200, { total: 3, perPage: 2, pagesCount: 2, entities, ...rest });

  test('follow each other', async () => {
    const { made, requests } = client([page([1, 2], {}), page([3], {})]);
    expect(await allOf(made, 'jobs.list', { teamId: 8 })).toEqual([1, 2, 3]);
    expect(requests.map(({ init }) => JSON.parse(init.body as string))).toEqual([
      { teamId: 8, sort: 'id', sort_order: 'asc' }, { teamId: 8, sort: 'id', sort_order: 'asc', page: 2, per_page: 2 },
    ]);
  });

  test('a list that changes while it is read is noticed', async () => {
    const { made } = client([page([1, 2], {}), page([], {})]);
    await expect(allOf(made, 'jobs.list', {})).rejects.toThrow('the list has 3 entries, 2 were shown');
  });
});

describe('the token', () => {
  test.each([
    [' abc\n', undefined, 'abc'],
    ['{"token":"abc"}', 'token', 'abc'],
  ])('of %p', async (text, field, token) => {
    expect(await apiToken(async () => text, SECRET, field)).toBe(token);
  });

  test.each([
    ['open sesame', undefined, 'holds no API token'],
    ['{"token":"sesame"}\n{', 'token', 'is no JSON'],
    ['{"token":"sesame"}', 'other', 'has no field "other"'],
    ['sesame', 'token', 'is no JSON'],
    ['null', 'token', 'has no field'],
  ])('is not quoted by what is wrong with it: %p', async (text, field, message) => {
    const error = await apiToken(async () => text, SECRET, field).catch((caught) => caught);
    expect(error.message).toContain(message);
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain('sesame');
  });
});

test.each([
  ['{"error":"Not found","details":{"message":"Job with id 9 not found"}}', 'Job with id 9 not found'],
  ['{"error":"Bad","details":[{"message":"first"}]}', 'first'],
  ['{"error":"Bad"}', 'Bad'],
  ['Bad Gateway', 'Bad Gateway'],
  ['', 'no reason was given'],
])('the reason in %p', (body, reason) => expect(reasonIn(body)).toBe(reason));

test('Retry-After counts seconds, or says when', () => {
  expect([retryAfterMs(null), retryAfterMs('3'), retryAfterMs('Sun, 22 Nov 2026 00:00:05 GMT', Date.UTC(2026, 10, 22)), retryAfterMs('soon')])
    .toEqual([undefined, 3000, 5000, undefined]);
});

test('what passes, and what does not', () => {
  expect(failureOf(Object.assign(new Error('x'), { name: 'TimeoutError' }), 30_000)).toEqual({ passes: true, reason: 'no answer within 30 seconds' });
  expect(failureOf(Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNRESET', message: 'read ECONNRESET' } }), 1)).toMatchObject({ passes: true });
  expect(failureOf(Object.assign(new Error('fetch failed'), { cause: { code: 'CERT_HAS_EXPIRED', message: 'expired' } }), 1)).toMatchObject({ passes: false });
});
