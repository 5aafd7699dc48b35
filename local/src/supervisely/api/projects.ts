import { badRequest, notServed } from '../errors';
import { ANYTHING, closed, FLAG, ID, MAP, NAME, open, TEXT } from '../schema';
import { datasetCounts, freeName } from './counts';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Project, User } from '../store/records';

/** Projects; their classes and tags are in `project-meta.ts`. */
export function projectMethods(site: Site): Methods {
  const { store, access } = site;
  const listed = (user: User, workspaceId?: number, groupId?: number): Project[] => {
    if (workspaceId !== undefined) return store.projects.of(access.workspace(user, workspaceId).id);
    if (groupId === undefined) throw badRequest('"workspaceId" or "groupId" (a team) is required');
    return store.workspaces.of(access.team(user, groupId).id).flatMap(({ id }) => store.projects.of(id));
  };
  return {
    'projects.list': get(open({}, { ...LIST_MEMBERS, workspaceId: ID, groupId: ID }), ({ fields: _, ...input }, { user }) =>
      listPage(input, listed(user, input.workspaceId, input.groupId), {
        fields: { name: ({ name }) => name, type: ({ type }) => type, createdBy: ({ createdBy }) => createdBy, createdAt: ({ createdAt }) => createdAt },
        sortable: { updatedAt: ({ updatedAt }) => updatedAt },
        view: (project) => projectView(site, project),
      })),
    'projects.info': get(open({ id: ID }, { extraFields: ANYTHING }), ({ id }, { user }) => projectView(site, access.project(user, id))),
    'projects.add': post(
      closed({ workspaceId: ID, name: NAME }, { description: TEXT, type: TEXT, readme: TEXT, settings: MAP, customData: MAP }),
      ({ workspaceId, name, type = 'images', ...others }, { user }) => {
        const { teamId } = access.workspace(user, workspaceId, 'edit projects');
        if (type !== 'images') throw notServed(`projects of the type "${type}", only "images"`);
        freeName(store.projects.of(workspaceId), name, `the workspace ${workspaceId} has a project`);
        const project = store.projects.add({
          ...{ description: '', readme: '', settings: {}, customData: {}, ...others },
          ...{ workspaceId, name, type, createdBy: user.id, classes: [], tags: [], ...site.dated() },
        });
        site.record({ teamId, userId: user.id, action: 'create_project', projectId: project.id });
        return projectView(site, project);
      }),
    'projects.editInfo': post(
      closed({ id: ID }, { name: NAME, description: TEXT, readme: TEXT, customData: MAP, silent: FLAG }),
      ({ id, silent: _, ...changes }, { user }) => {
        const project = access.project(user, id, 'edit projects');
        if (changes.name !== undefined && changes.name !== project.name) {
          freeName(store.projects.of(project.workspaceId), changes.name, `the workspace ${project.workspaceId} has a project`);
        }
        Object.assign(project, changes, { updatedAt: site.now() });
        return projectView(site, project);
      }),
    'projects.settings.update': post(closed({ id: ID, settings: MAP }), ({ id, settings }, { user }) => {
      const project = access.project(user, id, 'edit projects');
      project.settings = { ...project.settings, ...settings };
      return { success: true };
    }),
    'projects.archive': post(closed({ id: ID }, { archiveUrl: TEXT, annotationsArchiveUrl: TEXT }), ({ id }, { user }) => {
      const project = access.project(user, id, 'edit projects');
      store.removeProject(project.id);
      site.record({ teamId: store.workspaces.get(project.workspaceId)!.teamId, userId: user.id, action: 'disable_project' });
      return { success: true };
    }),
  };
}

export function projectView({ store }: Site, project: Project): object {
  const { id, name, description, readme, workspaceId, type, settings, customData, createdBy, createdAt, updatedAt } = project;
  const datasets = store.datasets.of(id);
  const { imagesCount, size } = datasetCounts(store, datasets);
  return {
    id,
    name,
    title: name,
    description,
    readme,
    workspaceId,
    teamId: store.teamOfProject(project),
    type,
    size: String(size),
    imagesCount,
    itemsCount: imagesCount,
    datasetsCount: datasets.length,
    referenceImageUrl: null,
    customData,
    settings,
    importSettings: null,
    backupArchive: null,
    version: null,
    createdBy,
    createdAt,
    updatedAt,
  };
}
