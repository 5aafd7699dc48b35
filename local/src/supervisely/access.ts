import { forbidden, notFound } from './errors';
import type { Job, Queue } from './store/job-records';
import type { Collection, Dataset, Image, Project, Team, User, Workspace } from './store/records';
import type { Store } from './store/store';

/** Team roles; the ids of the first four are the Python SDK's. */
export const ROLES = [
  { id: 1, role: 'admin' },
  { id: 2, role: 'developer' },
  { id: 3, role: 'annotator' },
  { id: 4, role: 'viewer' },
  { id: 5, role: 'reviewer' },
  { id: 6, role: 'manager' },
] as const;

type RoleName = typeof ROLES[number]['role'];

/** What a call wants to do with what belongs to a team. */
export type Purpose = 'see' | 'label' | 'manage jobs' | 'edit projects' | 'manage members';

const ALLOWED: Readonly<Record<Purpose, readonly RoleName[]>> = {
  'see': ['admin', 'developer', 'annotator', 'viewer', 'reviewer', 'manager'],
  'label': ['admin', 'developer', 'annotator', 'reviewer', 'manager'],
  'manage jobs': ['admin', 'developer', 'reviewer', 'manager'],
  'edit projects': ['admin', 'developer', 'manager'],
  'manage members': ['admin'],
};

/** Looks things up for a user: what the user may not see is not there, what the user may not do is forbidden. */
export class Access {
  constructor(private readonly store: Store) {}

  team(user: User, id: number, purpose: Purpose = 'see'): Team {
    const team = this.store.teams.get(id);
    const role = team && this.roleIn(user, team);
    if (!team || !role) throw notFound('Team', id);
    if (!ALLOWED[purpose].includes(role)) throw forbidden(`"${user.login}" is ${role} in the team ${id} and may not ${purpose} there`);
    return team;
  }

  workspace(user: User, id: number, purpose?: Purpose): Workspace {
    return this.within(user, 'Workspace', id, this.store.workspaces.get(id), (workspace) => workspace.teamId, purpose);
  }

  project(user: User, id: number, purpose?: Purpose): Project {
    return this.within(user, 'Project', id, this.store.projects.get(id), (project) => this.store.teamOfProject(project), purpose);
  }

  dataset(user: User, id: number, purpose?: Purpose): Dataset {
    const teamOf = ({ projectId }: Dataset): number => this.store.teamOfProject(this.store.projects.get(projectId)!);
    return this.within(user, 'Dataset', id, this.store.datasets.get(id), teamOf, purpose);
  }

  collection(user: User, id: number, purpose?: Purpose): Collection {
    const teamOf = ({ projectId }: Collection): number => this.store.teamOfProject(this.store.projects.get(projectId)!);
    return this.within(user, 'Entities collection', id, this.store.collections.get(id), teamOf, purpose);
  }

  image(user: User, id: number, purpose?: Purpose): Image {
    const image = this.store.images.get(id);
    if (!image) throw notFound('Image', id);
    this.dataset(user, image.datasetId, purpose);
    return image;
  }

  job(user: User, id: number, purpose?: Purpose): Job {
    return this.within(user, 'Job', id, this.store.jobs.get(id), (job) => job.teamId, purpose);
  }

  queue(user: User, id: number, purpose?: Purpose): Queue {
    return this.within(user, 'Labeling queue', id, this.store.queues.get(id), (queue) => queue.teamId, purpose);
  }

  /** Users and their accounts are the instance's own. */
  instanceAdmin(user: User): void {
    if (!user.isAdmin) throw forbidden(`"${user.login}" is no administrator of the instance`);
  }

  private within<T>(user: User, kind: string, id: number, found: T | undefined, teamOf: (found: T) => number, purpose: Purpose = 'see'): T {
    const team = found && this.store.teams.get(teamOf(found));
    if (!found || !team || !this.roleIn(user, team)) throw notFound(kind, id);
    this.team(user, team.id, purpose);
    return found;
  }

  private roleIn(user: User, team: Team): RoleName | undefined {
    if (user.isAdmin) return 'admin';
    const roleId = team.members.get(user.id);
    return ROLES.find(({ id }) => id === roleId)?.role;
  }
}
