import { addLabelers, startSupervisely, type TestSupervisely, tokenOf } from './supervisely-for-tests';

let server: TestSupervisely;

beforeAll(async () => { server = await startSupervisely(); });

afterAll(() => server.stop());

describe('the token', () => {
  test('no token is a bad request, a wrong one is unauthorized', async () => {
    expect(await server.call('users.me', {}, { token: null })).toMatchObject({ status: 400, body: { error: 'Bad Request' } });
    expect(await server.call('users.me', {}, { token: 'x'.repeat(128) })).toMatchObject({
      status: 401, body: { error: 'Unauthorized', details: { message: expect.stringContaining('"x-api-key" is not valid') } },
    });
  });

  test('it is its owner\'s', async () => {
    expect(await server.ok('users.me')).toMatchObject({ id: 7, login: 'my_username', role: 'admin' });
  });

  test('logging in gives the token, the team and the workspace; a wrong password gives nothing', async () => {
    await addLabelers(server, ['someone']);
    expect(await server.ok('users.me', {}, { token: await tokenOf(server, 'someone') })).toMatchObject({ login: 'someone' });
    const form = new URLSearchParams({ login: 'someone', password: 'wrong' });
    expect((await fetch(`${server.engine.supervisely.address}/api/account`, { method: 'POST', body: form })).status).toBe(401);
  });

  test('a disabled user\'s token is not valid', async () => {
    const [id] = await addLabelers(server, ['leaver']);
    const token = await tokenOf(server, 'leaver');
    await server.ok('users.disable', { id, disable: true });
    expect(await server.refused('users.me', {}, { token })).toMatch(/^401/);
  });
});

describe('verbs', () => {
  test.each(['GET', 'POST'])('%s reads, with a JSON body', async (verb) => {
    expect(await server.ok('projects.meta', { id: 5555 }, { verb })).toMatchObject({ classes: [{ title: 'kiwi' }, { title: 'lemon' }] });
  });

  test('GET reads the query string too', async () => {
    const headers = { 'x-api-key': server.engine.supervisely.token };
    const response = await fetch(`${server.engine.supervisely.address}/public/api/v3/images.info?id=3882697`, { headers });
    expect(await response.json()).toMatchObject({ id: 3882697, name: 'IMG_4451.jpeg' });
  });

  test('GET changes nothing', async () => {
    expect(await server.refused('users.disable', { id: 7, disable: true }, { verb: 'GET' })).toBe('405 users.disable is called by POST, not by GET');
  });
});

describe('what is wrong with a call', () => {
  test.each([
    ['jobs.info', {}, '400 "id" is required'],
    ['jobs.info', { id: 'x' }, '400 "id" must be integer, got "x"'],
    ['jobs.info', { id: 999 }, '404 Job with id 999 not found'],
    ['jobs.list', { teamId: 8, filter: [{ field: 'status', operator: '~', value: 1 }] }, expect.stringMatching(/^400 "filter\[0\]\.operator" must be one of "=", .*, got "~"$/)],
    ['datasets.add', { projectId: 5555, name: 'x', nmae: 'y' }, '400 the body has the unknown member "nmae"'],
    ['videos.list', {}, '501 the local engine does not serve the method videos.list'],
  ])('%s %j: %s', async (method, body, message) => {
    expect(await server.refused(method, body)).toEqual(message);
  });

  test('a body that is no JSON', async () => {
    const headers = { 'x-api-key': server.engine.supervisely.token };
    const response = await fetch(`${server.engine.supervisely.address}/public/api/v3/users.me`, { method: 'POST', headers, body: '{' });
    expect([response.status, await response.json()]).toEqual([400, { error: 'Bad Request', details: { message: 'the body is not JSON' } }]);
  });

  test('an address that is none', async () => {
    expect((await fetch(`${server.engine.supervisely.address}/public/api/v4/users.me`)).status).toBe(404);
  });
});

describe('faults', () => {
  afterEach(() => server.engine.control('DELETE', 'faults'));

  const fault = (given: object): Promise<unknown> => server.engine.control('POST', 'faults', { service: 'supervisely', times: 1, ...given });

  test('429 with the wait that the client should keep', async () => {
    await fault({ operation: 'jobs.list', when: 'before', error: { code: 'Too Many Requests', statusCode: 429, retryAfterSeconds: 3 } });
    const { status, headers, body } = await server.call('jobs.list', { teamId: 8 });
    expect([status, headers.get('retry-after'), body]).toEqual([429, '3', { error: 'Too Many Requests', details: { message: 'Too Many Requests' } }]);
    expect(await server.ok('jobs.list', { teamId: 8 })).toMatchObject({ total: 0 });
  });

  test('an answer that is lost after the deed', async () => {
    await fault({ operation: 'datasets.add', when: 'after', error: { code: 'Bad Gateway', statusCode: 502 }, match: { name: 'lost' } });
    expect((await server.call('datasets.add', { projectId: 5555, name: 'lost' })).status).toBe(502);
    expect(await server.refused('datasets.add', { projectId: 5555, name: 'lost' })).toBe('400 the project 5555 has a dataset named "lost" already');
  });

  test('calls are recorded with who made them', async () => {
    await server.engine.control('DELETE', 'calls');
    await server.call('jobs.info', { id: 999 });
    const { body: { calls } } = await server.engine.control('GET', 'calls');
    expect(calls).toEqual([expect.objectContaining({ service: 'supervisely', operation: 'jobs.info', callerArn: 'supervisely:user/my_username', errorCode: 'Not Found' })]);
  });
});
