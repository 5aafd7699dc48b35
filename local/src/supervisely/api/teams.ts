import { ROLES } from '../access';
import { badRequest } from '../errors';
import { closed, ID, NAME, open, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Team, User, Workspace } from '../store/records';

/** Teams and their workspaces. */
export function teamMethods(site: Site): Methods {
  const { store, access } = site;
  const seenBy = (user: User): Team[] => store.teams.all().filter(({ members }) => user.isAdmin || members.has(user.id));
  return {
    'teams.list': get(open({}, LIST_MEMBERS), (input, { user }) =>
      listPage(input, seenBy(user), { fields: { name: ({ name }) => name }, view: (team) => teamView(team, user) })),
    'teams.info': get(open({ id: ID }), ({ id }, { user }) => teamView(access.team(user, id), user)),
    'teams.add': post(closed({ name: NAME }, { description: TEXT }), ({ name, description = '' }, { user }) => {
      if (store.teams.all().some((team) => team.name === name)) throw badRequest(`a team named "${name}" exists already`, { type: 'NONUNIQUE' });
      const team = store.teams.add({ name, description, members: new Map([[user.id, ROLES[0].id]]), ...site.dated() });
      return teamView(team, user);
    }),
    'workspaces.list': get(open({ teamId: ID }, LIST_MEMBERS), (input, { user }) =>
      listPage(input, store.workspaces.of(access.team(user, input.teamId).id), { fields: { name: ({ name }) => name }, view: workspaceView })),
    'workspaces.info': get(open({ id: ID }), ({ id }, { user }) => workspaceView(access.workspace(user, id))),
    'workspaces.add': post(closed({ teamId: ID, name: NAME }, { description: TEXT }), ({ teamId, name, description = '' }, { user }) => {
      access.team(user, teamId, 'edit projects');
      if (store.workspaces.of(teamId).some((workspace) => workspace.name === name)) {
        throw badRequest(`the team ${teamId} has a workspace named "${name}" already`, { type: 'NONUNIQUE' });
      }
      const workspace = store.workspaces.add({ teamId, name, description, ...site.dated() });
      site.record({ teamId, userId: user.id, action: 'create_workspace' });
      return workspaceView(workspace);
    }),
  };
}

function teamView({ id, name, description, members, createdAt, updatedAt }: Team, user: User): object {
  const role = ROLES.find((one) => one.id === members.get(user.id)) ?? ROLES[0];
  return { id, name, description, role: role.role, createdAt, updatedAt };
}

function workspaceView({ id, name, description, teamId, createdAt, updatedAt }: Workspace): object {
  return { id, name, description, teamId, createdAt, updatedAt };
}
