import { ROLES } from '../access';
import { badRequest, notFound } from '../errors';
import { closed, ID, open, text } from '../schema';
import { USER_LISTING, userView } from './users';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Team, User } from '../store/records';

/** Who is in a team, in which role. */
export function memberMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'members.list': get(open({ teamId: ID }, LIST_MEMBERS), (input, { user }) => {
      const team = access.team(user, input.teamId);
      const members = [...team.members.keys()].map((id) => store.users.get(id)!);
      return listPage(input, members, { ...USER_LISTING, view: (member) => memberView(member, team) });
    }),
    'members.add': post(closed({ login: text(1), teamId: ID, roleId: ID }), ({ login, teamId, roleId }, { user }) => {
      const team = access.team(user, teamId, 'manage members');
      const member = store.userByLogin(login);
      if (!member) throw badRequest(`there is no user with the login "${login}"`);
      if (team.members.has(member.id)) throw badRequest(`"${login}" is already in the team ${teamId}`, { type: 'NONUNIQUE' });
      team.members.set(member.id, knownRole(roleId));
      site.record({ teamId, userId: user.id, action: 'add_member', meta: { memberId: member.id, roleId } });
      return { userId: member.id };
    }),
    'members.editInfo': post(closed({ id: ID, teamId: ID, roleId: ID }), ({ id, teamId, roleId }, { user }) => {
      const team = access.team(user, teamId, 'manage members');
      memberOf(team, id);
      team.members.set(id, knownRole(roleId));
      return { success: true };
    }),
    'members.remove': post(closed({ id: ID, teamId: ID }), ({ id, teamId }, { user }) => {
      const team = access.team(user, teamId, 'manage members');
      memberOf(team, id);
      team.members.delete(id);
      site.record({ teamId, userId: user.id, action: 'remove_member', meta: { memberId: id } });
      return { success: true };
    }),
    'roles.list': get(open({}, LIST_MEMBERS), (input) =>
      listPage(input, ROLES, { fields: { role: ({ role }) => role }, view: (role) => ({ ...role, createdAt: null, updatedAt: null }) })),
  };
}

function memberView(member: User, team: Team): object {
  const roleId = team.members.get(member.id)!;
  return { ...userView(member), roleId, role: ROLES.find(({ id }) => id === roleId)!.role };
}

function memberOf(team: Team, id: number): void {
  if (!team.members.has(id)) throw notFound(`Member of the team ${team.id}`, id);
}

function knownRole(roleId: number): number {
  if (ROLES.some(({ id }) => id === roleId)) return roleId;
  throw badRequest(`there is no role ${roleId}; there are ${ROLES.map(({ id, role }) => `${id} (${role})`).join(', ')}`);
}
