import { badToken, notFound, type PoolStore, type User, type UserPool } from './pool-store';
import { pageOf } from '../../core/page';
import { randomUuid } from '../../core/random';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const PAGE = 60;

export function userOperations(store: PoolStore): Record<string, Operation> {
  const change = (action: (pool: UserPool, user: User, input: Input) => void): Operation => (input: Input) => {
    const pool = store.pool(input.UserPoolId);
    action(pool, userOf(pool, input.Username), input);
    return {};
  };
  return {
    CreateGroup: ({ UserPoolId, GroupName, ...settings }: Input) => {
      const { groups } = store.pool(UserPoolId);
      if (groups.has(GroupName)) throw new ServiceError('GroupExistsException', 'A group with the name already exists.');
      const now = new Date(store.now());
      const group = { UserPoolId, GroupName, ...settings, CreationDate: now, LastModifiedDate: now };
      groups.set(GroupName, group);
      return { Group: group };
    },
    GetGroup: ({ UserPoolId, GroupName }: Input) => ({ Group: groupOf(store.pool(UserPoolId), GroupName) }),
    UpdateGroup: (input: Input) => {
      const { groups } = store.pool(input.UserPoolId);
      const group = { ...groupOf(store.pool(input.UserPoolId), input.GroupName), ...input, LastModifiedDate: new Date(store.now()) };
      groups.set(input.GroupName, group);
      return { Group: group };
    },
    DeleteGroup: ({ UserPoolId, GroupName }: Input) => {
      const pool = store.pool(UserPoolId);
      groupOf(pool, GroupName);
      pool.groups.delete(GroupName);
      for (const user of pool.users.values()) user.groups.delete(GroupName);
      return {};
    },
    ListGroups: ({ UserPoolId, Limit = PAGE, NextToken }: Input) => {
      const { items, nextToken } = pageOf([...store.pool(UserPoolId).groups.values()], NextToken, Limit, badToken);
      return { Groups: items, NextToken: nextToken };
    },
    AdminCreateUser: ({ UserPoolId, Username, UserAttributes = [] }: Input) => {
      const { users } = store.pool(UserPoolId);
      if (users.has(Username)) throw new ServiceError('UsernameExistsException', 'User account already exists');
      const user: User = {
        name: Username, created: store.now(), attributes: [{ Name: 'sub', Value: randomUuid(store.random) }, ...UserAttributes], groups: new Set(),
      };
      users.set(Username, user);
      return { User: describe(user) };
    },
    AdminGetUser: ({ UserPoolId, Username }: Input) => {
      const { Attributes, ...user } = describe(userOf(store.pool(UserPoolId), Username));
      return { ...user, UserAttributes: Attributes };
    },
    AdminDeleteUser: change((pool, user) => { pool.users.delete(user.name); }),
    AdminAddUserToGroup: change((pool, user, { GroupName }) => {
      groupOf(pool, GroupName);
      user.groups.add(GroupName);
    }),
    AdminRemoveUserFromGroup: change((pool, user, { GroupName }) => {
      groupOf(pool, GroupName);
      user.groups.delete(GroupName);
    }),
    AdminListGroupsForUser: ({ UserPoolId, Username, Limit = PAGE, NextToken }: Input) => {
      const pool = store.pool(UserPoolId);
      const { items, nextToken } = pageOf([...userOf(pool, Username).groups], NextToken, Limit, badToken);
      return { Groups: items.map((name) => groupOf(pool, name)), NextToken: nextToken };
    },
    ListUsers: ({ UserPoolId, Filter, Limit = PAGE, PaginationToken }: Input) => {
      if (Filter !== undefined) throw new ServiceError('NotImplemented', 'the local engine does not serve filters of cognito-idp:ListUsers', 501);
      const { items, nextToken } = pageOf([...store.pool(UserPoolId).users.values()], PaginationToken, Limit, badToken);
      return { Users: items.map(describe), PaginationToken: nextToken };
    },
    ListUsersInGroup: ({ UserPoolId, GroupName, Limit = PAGE, NextToken }: Input) => {
      const pool = store.pool(UserPoolId);
      groupOf(pool, GroupName);
      const { items, nextToken } = pageOf([...pool.users.values()].filter(({ groups }) => groups.has(GroupName)), NextToken, Limit, badToken);
      return { Users: items.map(describe), NextToken: nextToken };
    },
  };
}

function groupOf(pool: UserPool, name: string): Record<string, unknown> {
  const group = pool.groups.get(name);
  if (!group) throw notFound('Group not found.');
  return group;
}

function userOf(pool: UserPool, name: string): User {
  const user = pool.users.get(name);
  if (!user) throw new ServiceError('UserNotFoundException', 'User does not exist.');
  return user;
}

function describe({ name, created, attributes }: User): Record<string, unknown> {
  const date = new Date(created);
  return { Username: name, Attributes: attributes, UserCreateDate: date, UserLastModifiedDate: date, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' };
}
