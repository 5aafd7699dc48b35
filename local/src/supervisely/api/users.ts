import { randomHex } from '../../core/random';
import { ROLES } from '../access';
import { badRequest, forbidden, notFound } from '../errors';
import { closed, FLAG, ID, open, text, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { User } from '../store/records';

const PASSWORD = text(8);

/** Accounts of the instance. */
export function userMethods(site: Site): Methods {
  const { store, access } = site;
  const find = (id: number): User => {
    const user = store.users.get(id);
    if (!user) throw notFound('User', id);
    return user;
  };
  return {
    'users.me': get(open({}), (_input, { user }) => userView(user)),
    'users.info': get(open({ id: ID }), ({ id }, { user }) => {
      const found = find(id);
      if (!user.isAdmin && found !== user && !shareTeam(site, user, found)) throw notFound('User', id);
      return { ...userView(found), teams: membershipsOf(site, found) };
    }),
    'users.list': get(open({}, LIST_MEMBERS), (input, { user }) => {
      access.instanceAdmin(user);
      return listPage(input, store.users.all(), USER_LISTING);
    }),
    'users.add': post(
      closed({ login: text(1, 255), password: PASSWORD }, { isRestricted: FLAG, name: TEXT, email: TEXT }),
      ({ login, password, isRestricted = false, name = '', email = '' }, { user }) => {
        access.instanceAdmin(user);
        if (store.userByLogin(login)) throw badRequest(`a user with the login "${login}" exists already`, { type: 'NONUNIQUE' });
        return { userId: addUser(site, { login, password, isRestricted, name, email }).id };
      }),
    'users.editInfo': post(closed({ id: ID }, { password: PASSWORD, name: TEXT }), ({ id, password, name }, { user }) => {
      const found = find(id);
      if (found !== user) access.instanceAdmin(user);
      Object.assign(found, { ...(password !== undefined && { password }), ...(name !== undefined && { name }), updatedAt: site.now() });
      return userView(found);
    }),
    'users.disable': post(closed({ id: ID, disable: FLAG }), ({ id, disable }, { user }) => {
      access.instanceAdmin(user);
      const found = find(id);
      if (found === user) throw forbidden('nobody disables the own account');
      Object.assign(found, { disabled: disable, updatedAt: site.now() });
      return { success: true };
    }),
  };
}

export const USER_LISTING = {
  fields: {
    login: (user: User) => user.login,
    name: (user: User) => user.name,
    email: (user: User) => user.email,
    disabled: (user: User) => user.disabled,
  },
  sortable: { createdAt: (user: User) => user.createdAt, lastLogin: (user: User) => user.lastLogin },
  view: userView,
};

export function userView(user: User): object {
  const role = ROLES[user.isAdmin ? 0 : 2];
  const { id, login, name, email, logins, disabled, lastLogin, createdAt, updatedAt } = user;
  return { id, login, role: role.role, roleId: role.id, name, email, logins, disabled, lastLogin, createdAt, updatedAt };
}

export function addUser(site: Site, given: Pick<User, 'login' | 'password'> & Partial<User>): User {
  return site.store.users.add({
    name: '',
    email: '',
    isAdmin: false,
    isRestricted: false,
    disabled: false,
    logins: 0,
    lastLogin: null,
    token: randomHex(site.core.random(`supervisely token ${given.login}`), 128),
    ...site.dated(),
    ...given,
  });
}

function membershipsOf({ store }: Site, user: User): object[] {
  return store.teams.all().filter(({ members }) => members.has(user.id)).map(({ id, name, members }) => {
    const roleId = members.get(user.id)!;
    return { id, name, roleId, role: ROLES.find((role) => role.id === roleId)!.role };
  });
}

function shareTeam({ store }: Site, left: User, right: User): boolean {
  return store.teams.all().some(({ members }) => members.has(left.id) && members.has(right.id));
}
