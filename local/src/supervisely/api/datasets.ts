import { badRequest } from '../errors';
import { ANYTHING, closed, FLAG, ID, MAP, NAME, nullable, open, TEXT } from '../schema';
import { datasetCounts, freeName } from './counts';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Dataset } from '../store/records';

/** Datasets, and datasets in datasets. */
export function datasetMethods(site: Site): Methods {
  const { store, access } = site;
  const siblings = (projectId: number, parentId: number | null): Dataset[] => store.datasets.of(projectId).filter((one) => one.parentId === parentId);
  return {
    'datasets.list': get(open({ projectId: ID }, { ...LIST_MEMBERS, recursive: FLAG, extraFields: ANYTHING }), (input, { user }) => {
      const all = store.datasets.of(access.project(user, input.projectId).id);
      return listPage(input, input.recursive ? all : all.filter(({ parentId }) => parentId === null), {
        fields: { name: ({ name }) => name, parentId: (one) => one.parentId, createdBy: ({ createdBy }) => createdBy },
        sortable: { createdAt: ({ createdAt }) => createdAt, updatedAt: ({ updatedAt }) => updatedAt },
        view: (dataset) => datasetView(site, dataset),
      });
    }),
    'datasets.info': get(open({ id: ID }), ({ id }, { user }) => datasetView(site, access.dataset(user, id))),
    'datasets.add': post(
      closed({ projectId: ID, name: NAME }, { description: TEXT, parentId: nullable(ID), customData: MAP }),
      ({ projectId, name, description = '', parentId = null, customData = {} }, { user }) => {
        const project = access.project(user, projectId, 'edit projects');
        if (parentId !== null && store.datasets.get(parentId)?.projectId !== projectId) {
          throw badRequest(`the project ${projectId} has no dataset ${parentId} for "parentId"`);
        }
        freeName(siblings(projectId, parentId), name, `the project ${projectId} has a dataset`);
        const dataset = store.datasets.add({ projectId, parentId, name, description, customData, createdBy: user.id, ...site.dated() });
        site.record({ teamId: store.teamOfProject(project), userId: user.id, action: 'create_dataset', projectId, datasetId: dataset.id });
        return datasetView(site, dataset);
      }),
    'datasets.editInfo': post(closed({ id: ID }, { name: NAME, description: TEXT, customData: MAP }), ({ id, ...changes }, { user }) => {
      const dataset = access.dataset(user, id, 'edit projects');
      if (changes.name !== undefined && changes.name !== dataset.name) {
        freeName(siblings(dataset.projectId, dataset.parentId), changes.name, `the project ${dataset.projectId} has a dataset`);
      }
      Object.assign(dataset, changes, { updatedAt: site.now() });
      return datasetView(site, dataset);
    }),
    'datasets.archive': post(closed({ id: ID }), ({ id }, { user }) => {
      const dataset = access.dataset(user, id, 'edit projects');
      const nested = (parentId: number): number[] => siblings(dataset.projectId, parentId).flatMap((child) => [...nested(child.id), child.id]);
      for (const one of [...nested(id), id]) store.removeDataset(one);
      return { success: true };
    }),
  };
}

function datasetView({ store }: Site, dataset: Dataset): object {
  const { id, name, description, projectId, parentId, customData, createdBy, createdAt, updatedAt } = dataset;
  const project = store.projects.get(projectId)!;
  const { imagesCount, size } = datasetCounts(store, [dataset]);
  return {
    id,
    name,
    description,
    size: String(size),
    projectId,
    workspaceId: project.workspaceId,
    teamId: store.teamOfProject(project),
    parentId,
    imagesCount,
    itemsCount: imagesCount,
    referenceImageUrl: null,
    customData,
    createdBy,
    createdAt,
    updatedAt,
  };
}
