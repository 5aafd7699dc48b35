import { UserError } from '../../../runtime/shared/errors';
import { SuperviselyClient } from '../../../runtime/shared/supervisely/client';
import { handleTeamMember, type TeamMemberEvent } from '../../../runtime/supervisely-team-member/handler';
import type { TeamMemberProperties } from '../../../src/supervisely/private/team-member-contract';
import { startSupervisely, type TestSupervisely } from '../../local/supervisely/supervisely-for-tests';
import { silence } from '../supervisely-labeling-job/silence';

/** The handler on the engine's server, by the real client. */
let site: TestSupervisely;
beforeAll(async () => {
  site = await startSupervisely();
});
afterAll(() => site.stop());
beforeEach(silence);

const PASSWORD = 'a-generated-one';

function event(RequestType: TeamMemberEvent['RequestType'], changes: Partial<TeamMemberProperties> = {}, rest: object = {}): TeamMemberEvent {
  const ResourceProperties = {
    ServiceToken: 'arn', ContractVersion: '1', Connection: { ServerUrl: site.engine.supervisely.address, SecretArn: 'arn:token', AllowPlainHttp: 'true' },
    TeamId: '8', User: { Login: 'labeler_1' }, Role: 'annotator', Account: { PasswordSecretArn: 'arn:password' }, ...changes,
  };
  return { RequestType, RequestId: 'r', StackId: 's', LogicalResourceId: 'l', ResourceProperties, ...rest } as TeamMemberEvent;
}

function handle(given: TeamMemberEvent) {
  const sleep = async () => undefined;
  return handleTeamMember(given, {
    connect: (connection) => new SuperviselyClient(connection, { fetch, token: async () => site.engine.supervisely.token, remaining: () => 60_000, sleep }),
    readSecret: async (arn) => (arn === 'arn:password' ? PASSWORD : ''),
    now: () => 0,
    remaining: () => 60_000,
    sleep,
  });
}

async function roleOf(userId: number): Promise<string | undefined> {
  const { entities } = await site.ok('members.list', { teamId: 8 });
  return entities.find(({ id }: { id: number }) => id === userId)?.role;
}

test('an account is made, added, found again, changed in place, and leaves only when asked', async () => {
  const made = await handle(event('Create'));
  const userId = Number(made.Data!.UserId);
  expect(made).toMatchObject({ PhysicalResourceId: `8/${userId}`, Data: { Login: 'labeler_1', RoleId: '3', TeamId: '8', AccountCreated: 'true' } });
  expect(await roleOf(userId)).toBe('annotator');
  expect((await handle(event('Create'))).Data).toMatchObject({ UserId: String(userId), AccountCreated: 'false' });

  const update = await handle(event('Update', { Role: 'Reviewer', User: { Id: String(userId) }, Account: undefined }, { PhysicalResourceId: made.PhysicalResourceId }));
  expect(update).toMatchObject({ PhysicalResourceId: made.PhysicalResourceId, Data: { RoleId: '5' } });
  expect(await roleOf(userId)).toBe('reviewer');

  const { PhysicalResourceId } = made;
  await handle(event('Delete', {}, { PhysicalResourceId }));
  expect(await roleOf(userId)).toBe('reviewer');
  for (let time = 0; time < 2; time++) await handle(event('Delete', { RemovalMode: 'REMOVE' }, { PhysicalResourceId }));
  expect(await roleOf(userId)).toBeUndefined();
  expect((await site.ok('users.info', { id: userId })).login).toBe('labeler_1');
});

test('a lost answer makes no second account', async () => {
  for (const operation of ['users.add', 'members.add']) {
    const body = JSON.stringify({ service: 'supervisely', operation, when: 'after', times: 1, error: { code: 'Gateway', statusCode: 502 } });
    await fetch(`${site.engine.endpoint}/_local/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }
  const { Data } = await handle(event('Create', { User: { Login: 'labeler_9' } }));
  expect(await roleOf(Number(Data!.UserId))).toBe('annotator');
});

test.each([
  ['an unknown team', { TeamId: '9' }, /there is no team 9 on .*; teams: 8 \(".*"\)/],
  ['an unknown role', { Role: 'boss', User: { Login: 'nobody_yet' } }, /the server has no role "boss"; its roles: admin, developer, annotator, viewer, reviewer, manager/],
  ['nobody', { User: { Login: 'nobody' }, Account: undefined }, /has no account "nobody": correct it, or let the account be made; members of the team 8/],
])('%s', async (_, changes, message) => {
  const error = await handle(event('Create', changes)).catch((caught) => caught);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(message);
  expect((await site.ok('users.list', { filter: [{ field: 'login', operator: '=', value: 'nobody_yet' }] })).total).toBe(0);
});
