import { addLabelers, startSupervisely, type TestSupervisely, tokenOf } from './supervisely-for-tests';

let server: TestSupervisely;

beforeEach(async () => {
  server = await startSupervisely();
  await addLabelers(server);
});

afterEach(() => server.stop());

test('logins are unique, passwords long enough', async () => {
  expect(await server.refused('users.add', { login: 'labeler_1', password: '11111abc' })).toBe('400 a user with the login "labeler_1" exists already');
  expect(await server.refused('users.add', { login: 'new', password: '1' })).toContain('"password" must NOT have fewer than 8 characters');
});

test('members: list, role, removal', async () => {
  const list = async (): Promise<Array<[string, string]>> =>
    (await server.ok('members.list', { teamId: 8, filter: [] })).entities.map(({ login, role }: { login: string; role: string }) => [login, role]);
  expect(await list()).toEqual([['my_username', 'admin'], ['labeler_1', 'annotator'], ['labeler_2', 'annotator']]);
  await server.ok('members.editInfo', { id: 101, teamId: 8, roleId: 5 });
  await server.ok('members.remove', { id: 102, teamId: 8 });
  expect(await list()).toEqual([['my_username', 'admin'], ['labeler_1', 'reviewer']]);
});

test.each([
  ['a login that is not there', 'members.add', { login: 'nobody', teamId: 8, roleId: 3 }, '400 there is no user with the login "nobody"'],
  ['a team that is not there', 'members.add', { login: 'labeler_1', teamId: 9, roleId: 3 }, '404 Team with id 9 not found'],
  ['a role that is not there', 'members.editInfo', { id: 101, teamId: 8, roleId: 9 }, '400 there is no role 9; there are 1 (admin), 2 (developer)'],
  ['a member twice', 'members.add', { login: 'labeler_1', teamId: 8, roleId: 3 }, '400 "labeler_1" is already in the team 8'],
  ['somebody who is no member', 'members.remove', { id: 999, teamId: 8 }, '404 Member of the team 8 with id 999 not found'],
])('%s', async (_name, method, body, message) => {
  expect(await server.refused(method, body)).toContain(message);
});

test('what administrators do, others do not', async () => {
  const token = await tokenOf(server, 'labeler_1');
  expect(await server.refused('users.list', {}, { token })).toBe('403 "labeler_1" is no administrator of the instance');
  expect(await server.refused('members.add', { login: 'labeler_2', teamId: 8, roleId: 1 }, { token })).toContain('may not manage members there');
  expect(await server.refused('datasets.add', { projectId: 5555, name: 'x' }, { token })).toContain('may not edit projects there');
  expect(await server.ok('teams.list', {}, { token })).toMatchObject({ entities: [{ id: 8, role: 'annotator' }] });
});

test('an instance without a fixture has its administrator, a team and a workspace', async () => {
  const empty = await startSupervisely({ superviselyFixture: 'none' });
  const { entities: [team] } = await empty.ok('teams.list');
  expect(await empty.ok('workspaces.list', { teamId: team.id })).toMatchObject({ total: 1 });
  await empty.stop();
});
