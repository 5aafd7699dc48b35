import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import { type TeamMemberAttributes, type TeamMemberInput, type TeamMemberProperties, decodeTeamMemberProperties, memberId, memberRemoval, parseMemberId } from '../../src/supervisely/private/team-member-contract';
import type { DeleteRequest, OnEventRequest, OnEventResponse } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import { onEventPatiently } from '../shared/patient-entries';
import { type ReadSecret, secretText } from '../shared/supervisely/api-token';
import type { Caller } from '../shared/supervisely/client';
import { isAbsent, withoutSecret } from '../shared/supervisely/errors';
import { type Account, findAccount, findRole, findTeam, type Member, membersOf, people, type Role, type Team } from '../shared/supervisely/lookups';

export interface TeamMemberPorts {
  readonly connect: (connection: ConnectionInput) => Caller;
  readonly readSecret: ReadSecret;
  readonly now: () => number;
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export type TeamMemberEvent = OnEventRequest<TeamMemberProperties>;

/** Somebody is in a team, in a role: every step looks first, so that an event that is repeated finds its work done. */
export async function handleTeamMember(event: TeamMemberEvent, ports: TeamMemberPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete' ? remove(event, ports) : join(event.ResourceProperties, ports)));
}

async function join(properties: TeamMemberProperties, ports: TeamMemberPorts): Promise<OnEventResponse> {
  const input = decodeTeamMemberProperties(properties);
  const caller = ports.connect(input.connection);
  // all that can be wrong with the declaration comes before the first change
  const team = await findTeam(caller, input.teamId);
  const role = await findRole(caller, input.role);
  const members = await membersOf(caller, team.id);
  const known = await findAccount(caller, input.user, members);
  const account = known ?? await makeAccount(caller, input, team, members, ports);
  await takeRole(caller, account, team, role, members);
  const data: TeamMemberAttributes = {
    UserId: String(account.id), Login: account.login, RoleId: String(role.id), TeamId: String(team.id), AccountCreated: String(known === undefined),
  };
  return { PhysicalResourceId: memberId(team.id, account.id), Data: data };
}

async function makeAccount(
  caller: Caller, { user, account }: TeamMemberInput, team: Team, members: readonly Member[], ports: TeamMemberPorts,
): Promise<Account> {
  const { id, login } = user;
  if (login === undefined || !account) {
    throw new UserError(`${caller.serverUrl} has no account ${login === undefined ? `with the id ${id}` : JSON.stringify(login)}: correct it, `
      + `or let the account be made; members of the team ${team.id} ("${team.name}"): ${people(members)}`);
  }
  const password = await secretText(ports.readSecret, account.passwordSecretArn, account.passwordField);
  const { userId } = await withoutSecret(password, () => caller.call<{ userId: number }>('users.add',
    { login, password, isRestricted: account.restricted, name: account.name, email: account.email }, { once: true }));
  log('account made', { login, userId });
  return { id: userId, login };
}

async function takeRole(caller: Caller, { id, login }: Account, team: Team, role: Role, members: readonly Member[]): Promise<void> {
  const present = members.find((member) => member.id === id);
  if (!present) {
    await caller.call('members.add', { login, teamId: team.id, roleId: role.id }, { once: true });
    log('member added', { login, teamId: team.id, role: role.role });
  } else if (present.roleId !== role.id) {
    await caller.call('members.editInfo', { id, teamId: team.id, roleId: role.id });
    log('role changed', { login, teamId: team.id, from: present.role, to: role.role });
  }
}

/** Accounts stay always: people's work hangs on them, and the server cannot remove them. */
async function remove(event: DeleteRequest<TeamMemberProperties>, ports: TeamMemberPorts): Promise<OnEventResponse> {
  const response = { PhysicalResourceId: event.PhysicalResourceId };
  const member = parseMemberId(event.PhysicalResourceId);
  if (!member || memberRemoval(event.ResourceProperties) === 'RETAIN') return response;
  const caller = ports.connect(decodeConnection(event.ResourceProperties.Connection));
  try {
    await caller.call('members.remove', { id: member.userId, teamId: member.teamId });
    log('member removed', { ...member });
  } catch (error) {
    if (!isAbsent(error)) throw error;
    log('nobody to remove', { ...member });
  }
  return response;
}
