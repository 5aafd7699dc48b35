import { createHmac } from 'node:crypto';
import { badRequest, unauthorized } from '../errors';
import type { Site } from '../site';
import type { User } from '../store/records';

/** `POST /api/account`: login and password for a JSON Web Token that names the user's API token, team and workspace. */
export function logIn(site: Site, { login, password }: Readonly<Record<string, string>>): object {
  if (!login || !password) throw badRequest('the form needs "login" and "password"');
  const user = site.store.userByLogin(login);
  if (!user || user.disabled || user.password !== password) throw unauthorized('login or password is wrong');
  const team = site.store.teams.all().find(({ members }) => members.has(user.id));
  // a restricted user belongs to teams only
  if (!team && user.isRestricted) throw unauthorized(`"${login}" is in no team yet`);
  user.logins++;
  user.lastLogin = site.now();
  return { token: webToken(user, claims(site, user, team?.id)) };
}

function claims(site: Site, { id, login, token }: User, teamId: number | undefined): object {
  const team = teamId === undefined ? undefined : site.store.teams.get(teamId);
  const workspace = team && site.store.workspaces.of(team.id).at(0);
  return {
    id,
    login,
    apiToken: token,
    ...(team && { group: { id: team.id, name: team.name } }),
    ...(workspace && { workspace: { id: workspace.id, name: workspace.name } }),
  };
}

function webToken({ token }: User, content: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(content)}`;
  return `${signed}.${createHmac('sha256', token).update(signed).digest('base64url')}`;
}
