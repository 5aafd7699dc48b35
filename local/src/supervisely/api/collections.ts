import { badRequest } from '../errors';
import { freeName } from './counts';
import { ANYTHING, closed, FLAG, ID, list, MAP, NAME, oneOf, open, type Schema, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Collection, CollectionItem, User } from '../store/records';

const TYPE = 'default';

/** Narrows lists of images to those of a collection, or to all others. */
export interface CollectionFilter {
  readonly data: { readonly collectionId: number; readonly include?: boolean };
}

/** `filters` with an `s`: of its many types this server has one. */
export const COLLECTION_FILTERS: Schema = list(
  closed({ type: oneOf(['entities_collection']), data: closed({ collectionId: ID }, { include: FLAG }) }));

/** Collections: images of a project, whatever datasets they are in. */
export function collectionMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'entities-collections.add': post(
      closed({ projectId: ID, name: NAME }, { description: TEXT, type: oneOf([TYPE]), meta: MAP }),
      ({ projectId, name, description = '' }, { user }) => {
        access.project(user, projectId, 'edit projects');
        freeName(store.collections.of(projectId), name, `the project ${projectId} has a collection`);
        return view(site, store.collections.add({ projectId, name, description, items: new Map(), ...site.dated() }));
      }),
    'entities-collections.list': get(
      open({ projectId: ID }, { ...LIST_MEMBERS, type: oneOf([TYPE]), extraFields: ANYTHING }),
      (input, { user }) => listPage(input, store.collections.of(access.project(user, input.projectId).id), {
        fields: { name: ({ name }) => name }, sortable: { createdAt: ({ createdAt }) => createdAt }, view: (collection) => view(site, collection),
      })),
    'entities-collections.info': get(open({ id: ID }), ({ id }, { user }) => view(site, access.collection(user, id))),
    'entities-collections.remove': post(closed({ id: ID }, { hardDelete: FLAG }), ({ id }, { user }) => {
      store.collections.remove(access.collection(user, id, 'edit projects').id);
      return { success: true };
    }),
    'entities-collections.items.bulk.add': post(
      closed({ collectionId: ID }, { entityIds: list(ID), entityItems: list(open({ entityId: ID }, { meta: MAP })) }),
      ({ collectionId, entityIds, entityItems }, { user }) => {
        if ((entityIds === undefined) === (entityItems === undefined)) throw badRequest('one of "entityIds" and "entityItems" is required');
        const ids: number[] = entityIds ?? entityItems.map(({ entityId }: CollectionItem) => entityId);
        return addItems(site, access.collection(user, collectionId, 'edit projects'), ids);
      }),
    'entities-collections.items.bulk.remove': post(closed({ collectionId: ID, entityIds: list(ID) }), ({ collectionId, entityIds }, { user }) => {
      const { items } = access.collection(user, collectionId, 'edit projects');
      const [there, missing] = divide(entityIds, (id) => items.has(id));
      const removed = there.map((entityId) => ({ id: items.get(entityId)!.id, entityId }));
      for (const id of there) items.delete(id);
      return { items: removed, missing };
    }),
  };
}

/** Whether an image is one of those that the filters let through. */
export function collectedBy({ access }: Site, filters: readonly CollectionFilter[] = [], user: User): (imageId: number) => boolean {
  const tests = filters.map(({ data: { collectionId, include = true } }) => ({ items: access.collection(user, collectionId).items, include }));
  return (id) => tests.every(({ items, include }) => items.has(id) === include);
}

/** What is in the collection already stays as it is; images of other projects are missing. */
function addItems(site: Site, { projectId, items }: Collection, ids: readonly number[]): object {
  const { store } = site;
  const isOwn = (id: number): boolean => {
    const image = store.images.get(id);
    return image !== undefined && store.datasets.get(image.datasetId)!.projectId === projectId;
  };
  const [there, missing] = divide(ids, isOwn);
  const added = there.map((entityId) => items.get(entityId) ?? { id: store.nextCollectionItemId(), entityId, createdAt: site.now() });
  for (const item of added) items.set(item.entityId, item);
  return { items: added, missing };
}

function view({ store }: Site, { id, projectId, name, description, createdAt, updatedAt }: Collection): object {
  return { id, name, teamId: store.teamOfProject(store.projects.get(projectId)!), projectId, description, type: TYPE, options: {}, createdAt, updatedAt };
}

function divide(ids: readonly number[], test: (id: number) => boolean): [number[], number[]] {
  return [ids.filter(test), ids.filter((id) => !test(id))];
}
