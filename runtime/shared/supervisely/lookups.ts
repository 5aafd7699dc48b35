import type { Caller } from './client';
import { isAbsent, isForbidden } from './errors';
import { allOf, entitiesOf } from './pages';
import type { UserReference } from '../../../src/supervisely/private/connection-contract';
import { UserError } from '../errors';

export interface Team {
  readonly id: number;
  readonly name: string;
}

export interface Account {
  readonly id: number;
  readonly login: string;
}

export interface Member extends Account {
  readonly roleId: number;
  readonly role: string;
}

export interface Role {
  readonly id: number;
  readonly role: string;
}

/** Names that an error lists; more of them would hide the rest of it. */
const NAMED = 20;

export async function findTeam(caller: Caller, id: number): Promise<Team> {
  const team = await orAbsent(() => caller.call<Team>('teams.info', { id }));
  if (team) return team;
  const teams = await allOf<Team>(caller, 'teams.list', {});
  throw new UserError(`there is no team ${id} on ${caller.serverUrl}, or the owner of the API token is not in it; teams: ${named(teams)}`);
}

export async function membersOf(caller: Caller, teamId: number): Promise<Member[]> {
  return allOf<Member>(caller, 'members.list', { teamId });
}

/** Somebody of the team. */
export function memberAmong(members: readonly Member[], { id, login }: UserReference, team: Team, what: string): Member {
  const member = members.find((one) => (id === undefined ? one.login === login : one.id === id));
  if (member) return member;
  const who = id === undefined ? JSON.stringify(login) : `the user ${id}`;
  throw new UserError(`${what} ${who} is not in the team ${team.id} ("${team.name}"), add them first; its members: ${people(members)}`);
}

/** An account of the server; whoever may not see all accounts sees those of the team. */
export async function findAccount(caller: Caller, { id, login }: UserReference, members: readonly Member[]): Promise<Account | undefined> {
  const member = members.find((one) => (id === undefined ? one.login === login : one.id === id));
  if (member) return member;
  if (id !== undefined) return orAbsent(() => caller.call<Account>('users.info', { id }));
  try {
    for await (const user of entitiesOf<Account>(caller, 'users.list', { filter: [{ field: 'login', operator: '=', value: login }] })) {
      // the server compares, but a login is a person
      if (user.login === login) return user;
    }
    return undefined;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new UserError(`${JSON.stringify(login)} is not in the team, and ${caller.serverUrl} lets only its administrators look accounts up by login: `
      + `name the account by its id, or use an administrator's API token; members of the team: ${people(members)}`, error);
  }
}

export async function findRole(caller: Caller, name: string): Promise<Role> {
  const roles = await allOf<Role>(caller, 'roles.list', {});
  const role = roles.find((one) => one.role.toLowerCase() === name.toLowerCase());
  if (role) return role;
  throw new UserError(`the server has no role ${JSON.stringify(name)}; its roles: ${roles.map((one) => one.role).join(', ')}`);
}

/** The answer of an `.info` method; undefined where the server shows nothing. */
export async function orAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAbsent(error) || isForbidden(error)) return undefined;
    throw error;
  }
}

export function people(members: readonly Account[]): string {
  return cut(members.map(({ login }) => login));
}

/** For messages: `8 ("Lemons"), 9 ("Limes")`. */
export function named(things: ReadonlyArray<{ readonly id: number; readonly name: string }>): string {
  return cut(things.map(({ id, name }) => `${id} ("${name}")`));
}

export function cut(texts: readonly string[]): string {
  if (texts.length === 0) return 'none';
  const shown = texts.slice(0, NAMED).join(', ');
  return texts.length > NAMED ? `${shown} and ${texts.length - NAMED} more` : shown;
}
