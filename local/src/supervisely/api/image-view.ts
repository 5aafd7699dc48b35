import { tagUseView } from './tag-uses';
import type { Listing } from '../server/listing';
import type { Site } from '../site';
import type { Image } from '../store/records';

export function imageListing(site: Site): Listing<Image> {
  return {
    fields: {
      name: ({ name }) => name,
      hash: ({ hash }) => hash,
      link: ({ link }) => link,
      datasetId: ({ datasetId }) => datasetId,
      createdBy: ({ createdBy }) => createdBy,
      createdAt: ({ createdAt }) => createdAt,
      updatedAt: ({ updatedAt }) => updatedAt,
    },
    sortable: {
      size: ({ size }) => size,
      width: ({ width }) => width,
      height: ({ height }) => height,
      labelsCount: ({ id }) => site.store.figures.of(id).length,
    },
    view: (image) => imageView(site, image),
  };
}

export function imageView({ store }: Site, image: Image): object {
  const { id, name, description, link, hash, mime, size, width, height, datasetId, createdAt, updatedAt, meta, tags, createdBy } = image;
  const dataset = store.datasets.get(datasetId)!;
  const project = store.projects.get(dataset.projectId)!;
  return {
    id,
    name,
    title: name,
    description,
    link,
    hash,
    mime,
    ext: mime?.split('/')[1] ?? null,
    size: size === null ? null : String(size),
    width,
    height,
    labelsCount: store.figures.of(id).length,
    datasetId,
    projectId: dataset.projectId,
    meta,
    tags: tags.map((tag) => tagUseView(project, tag)),
    pathOriginal: null,
    fullStorageUrl: link,
    createdBy,
    createdAt,
    updatedAt,
  };
}
