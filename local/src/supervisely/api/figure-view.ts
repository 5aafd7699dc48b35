import { boxOf } from './geometry';
import { inPixels } from './pixel-coordinates';
import { tagUseView } from './tag-uses';
import type { Listing } from '../server/listing';
import type { Site } from '../site';
import type { Figure } from '../store/records';

export function figureListing(site: Site, integerCoords?: boolean): Listing<Figure> {
  return {
    fields: {
      entityId: ({ imageId }) => imageId,
      imageId: ({ imageId }) => imageId,
      classId: ({ classId }) => classId,
      datasetId: ({ datasetId }) => datasetId,
      geometryType: ({ geometryType }) => geometryType,
      createdAt: ({ createdAt }) => createdAt,
      updatedAt: ({ updatedAt }) => updatedAt,
    },
    view: (figure) => figureView(site, figure, integerCoords),
  };
}

export function figureView({ store }: Site, figure: Figure, integerCoords = true): object {
  const { id, imageId, datasetId, projectId, classId, geometryType, tags, description, meta, customData, priority } = figure;
  const { nnCreated, nnUpdated, labelerLogin, createdAt, updatedAt } = figure;
  const project = store.projects.get(projectId)!;
  const geometry = integerCoords ? inPixels(geometryType, figure.geometry, store.images.get(imageId)!) : figure.geometry;
  const { left, top, right, bottom } = boxOf(geometry);
  return {
    id,
    entityId: imageId,
    imageId,
    objectId: null,
    datasetId,
    projectId,
    classId,
    geometryType,
    geometry,
    geometryMeta: { bbox: [top, left, bottom, right] },
    area: String((right - left) * (bottom - top)),
    tags: tags.map((tag) => tagUseView(project, tag)),
    description,
    meta,
    customData,
    priority,
    nnCreated,
    nnUpdated,
    labelerLogin,
    createdAt,
    updatedAt,
  };
}
