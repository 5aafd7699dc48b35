import { inPixels } from './pixel-coordinates';
import { tagUseView } from './tag-uses';
import type { Site } from '../site';
import type { Figure, Image, Project } from '../store/records';

export function annotationView({ store }: Site, image: Image, integerCoords = true): object {
  const project = store.projects.get(store.datasets.get(image.datasetId)!.projectId)!;
  const figures = store.figures.of(image.id);
  return {
    imageId: image.id,
    imageName: image.name,
    datasetId: image.datasetId,
    createdAt: image.createdAt,
    updatedAt: image.updatedAt,
    annotation: {
      description: image.description,
      size: { width: image.width, height: image.height },
      tags: image.tags.map((tag) => tagUseView(project, tag)),
      objects: figures.map((figure) => objectView(project, image, figure, integerCoords)),
      customBigData: null,
    },
  };
}

function objectView(project: Project, image: Image, figure: Figure, integerCoords: boolean): object {
  const { id, classId, geometryType, geometry, tags, description, nnCreated, nnUpdated, labelerLogin, createdAt, updatedAt } = figure;
  return {
    id,
    classId,
    classTitle: project.classes.find((objectClass) => objectClass.id === classId)!.title,
    geometryType,
    shape: geometryType,
    description,
    tags: tags.map((tag) => tagUseView(project, tag)),
    ...(integerCoords ? inPixels(geometryType, geometry, image) : geometry),
    nnCreated,
    nnUpdated,
    labelerLogin,
    createdAt,
    updatedAt,
  };
}
