import { COLLECTION_FILTERS, collectedBy, type CollectionFilter } from './collections';
import { addImages } from './image-import';
import { imageListing, imageView } from './image-view';
import { closed, FLAG, ID, list, MAP, NAME, nullable, open, TEXT } from '../schema';
import { freeName } from './counts';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { type Call, get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Dataset, Image } from '../store/records';
import type { Store } from '../store/store';

const NEW_IMAGE = closed({}, { title: NAME, name: NAME, hash: TEXT, link: TEXT, imageId: ID, meta: MAP, parentId: nullable(ID) });

/** Images; what they look like is in `image-files.ts`. */
export function imageMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'images.list': get(
      open({}, {
        ...LIST_MEMBERS, datasetId: nullable(ID), projectId: nullable(ID), forceMetadataForLinks: FLAG, recursive: FLAG, filters: COLLECTION_FILTERS,
      }),
      (input, call) => listPage(input, seenImages(site, input, call), imageListing(site))),
    'images.info': get(open({ id: ID }), ({ id }, { user }) => imageView(site, access.image(user, id))),
    'images.bulk.add': post(
      closed({ datasetId: ID, images: list(NEW_IMAGE, { minItems: 1 }) }, { forceMetadataForLinks: FLAG, skipValidation: FLAG }),
      async ({ datasetId, images, skipValidation = false }, { user }) => {
        const dataset = access.dataset(user, datasetId, 'edit projects');
        const added = await addImages(site, dataset, images, user, !skipValidation);
        const where = { teamId: teamOf(site, dataset.projectId), projectId: dataset.projectId, datasetId, userId: user.id };
        for (const { id } of added) site.record({ ...where, action: 'create_image', imageId: id });
        return added.map((image) => imageView(site, image));
      }),
    'images.editInfo': post(closed({ id: ID }, { name: NAME, description: TEXT, meta: MAP }), ({ id, ...changes }, { user }) => {
      const image = access.image(user, id, 'edit projects');
      if (changes.name !== undefined && changes.name !== image.name) {
        freeName(store.images.of(image.datasetId), changes.name, `the dataset ${image.datasetId} has an image`);
      }
      Object.assign(image, changes, { updatedAt: site.now() });
      return imageView(site, image);
    }),
    'images.bulk.remove': post(closed({ imageIds: list(ID, { minItems: 1 }) }), ({ imageIds }, { user }) => {
      const images = imageIds.map((id: number) => access.image(user, id, 'edit projects')) as Image[];
      for (const image of images) {
        const { projectId } = store.datasets.get(image.datasetId)!;
        store.removeImage(image.id);
        site.record({ teamId: teamOf(site, projectId), userId: user.id, action: 'disable_image', projectId, datasetId: image.datasetId, imageId: image.id });
      }
      return { success: true };
    }),
  };
}

interface Where {
  readonly datasetId?: number | null;
  readonly projectId?: number | null;
  readonly recursive?: boolean;
  readonly filters?: readonly CollectionFilter[];
}

/** Of a dataset or a project; with `x-job-id`, of one job only. */
function seenImages(site: Site, { datasetId, projectId, recursive, filters }: Where, { user, jobId }: Call): Image[] {
  const { store, access } = site;
  const datasets = datasetId
    ? [access.dataset(user, datasetId), ...recursive ? nestedIn(store, datasetId) : []]
    : store.datasets.of(access.project(user, projectId ?? 0).id);
  const isCollected = collectedBy(site, filters, user);
  const images = datasets.flatMap(({ id }) => store.images.of(id)).filter(({ id }) => isCollected(id));
  if (jobId === undefined) return images;
  const ids = new Set(access.job(user, jobId).entities.map(({ id }) => id));
  return images.filter(({ id }) => ids.has(id));
}

function nestedIn(store: Store, parent: number): Dataset[] {
  const { projectId } = store.datasets.get(parent)!;
  const children = store.datasets.of(projectId).filter(({ parentId }) => parentId === parent);
  return children.flatMap((child) => [child, ...nestedIn(store, child.id)]);
}

function teamOf({ store }: Site, projectId: number): number {
  return store.teamOfProject(store.projects.get(projectId)!);
}
