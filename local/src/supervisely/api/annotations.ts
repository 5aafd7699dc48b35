import { badRequest } from '../errors';
import { annotationView } from './annotation-view';
import { keepFigure, newFigure, type NewFigure } from './figures';
import { attach, type GivenTagUse, newTagUse, TAG_USE } from './tag-uses';
import { ANYTHING, closed, FLAG, ID, list, open, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Dataset, Image, ObjectClass, Project, User } from '../store/records';

const OBJECT = open({ geometryType: TEXT }, { classTitle: TEXT, classId: ID, tags: list(TAG_USE), description: TEXT });
const ANNOTATION = open({ objects: list(OBJECT), tags: list(TAG_USE) }, { size: ANYTHING, description: TEXT });
const FORM = { withCustomBigData: FLAG, forceMetadataForLinks: FLAG, integerCoords: FLAG };

interface GivenObject extends Omit<NewFigure, 'geometry'> {
  readonly classTitle?: string;
  readonly classId?: number;
  readonly points?: unknown;
  readonly bitmap?: unknown;
}

interface GivenAnnotation {
  readonly description?: string;
  readonly objects: readonly GivenObject[];
  readonly tags: readonly GivenTagUse[];
}

/** All labels of an image in one document, the form of Supervisely's annotation files. */
export function annotationMethods(site: Site): Methods {
  const { store, access } = site;
  const imagesOf = (dataset: Dataset, ids: readonly number[]): Image[] => ids.map((id) => {
    const image = store.images.get(id);
    if (image?.datasetId !== dataset.id) throw badRequest(`the dataset ${dataset.id} has no image ${id}`);
    return image;
  });
  return {
    'annotations.info': get(open({ imageId: ID }, FORM), ({ imageId, integerCoords }, { user }) =>
      annotationView(site, access.image(user, imageId), integerCoords)),
    'annotations.bulk.info': get(open({ datasetId: ID, imageIds: list(ID) }, FORM), ({ datasetId, imageIds, integerCoords }, { user }) =>
      imagesOf(access.dataset(user, datasetId), imageIds).map((image) => annotationView(site, image, integerCoords))),
    'annotations.list': get(open({ datasetId: ID }, { ...LIST_MEMBERS, ...FORM }), (input, { user }) =>
      listPage(input, store.images.of(access.dataset(user, input.datasetId).id), {
        fields: { imageId: ({ id }) => id, name: ({ name }) => name },
        view: (image) => annotationView(site, image, input.integerCoords),
      })),
    'annotations.bulk.add': post(
      closed({ datasetId: ID, annotations: list(closed({ imageId: ID, annotation: ANNOTATION })) }, { skipBoundsValidation: FLAG }),
      ({ datasetId, annotations, skipBoundsValidation }, { user }) => {
        const dataset = access.dataset(user, datasetId, 'label');
        const images = imagesOf(dataset, annotations.map(({ imageId }: { imageId: number }) => imageId));
        // every annotation is checked before the first one is kept
        const changes = images.map((image, index) => prepared(site, image, annotations[index].annotation, user, skipBoundsValidation));
        changes.forEach((apply) => apply());
        return { success: true };
      }),
  };
}

/** The new annotation takes the place of the old one. */
function prepared(site: Site, image: Image, { objects, tags, description }: GivenAnnotation, user: User, skipBounds: boolean): () => void {
  const { store } = site;
  const project = store.projects.get(store.datasets.get(image.datasetId)!.projectId)!;
  const figures = objects.map(({ points, bitmap, ...given }) => {
    const geometry = bitmap === undefined ? { points } : { bitmap };
    return newFigure(site, image, classOf(project, given), { ...given, geometry }, user, skipBounds);
  });
  const uses = tags.map((tag) => newTagUse(site, project, tag, user));
  return () => {
    for (const { id } of store.figures.of(image.id)) store.figures.remove(id);
    for (const figure of figures) keepFigure(site, figure, user);
    image.tags = [];
    for (const use of uses) attach(image, use);
    Object.assign(image, { ...(description !== undefined && { description }), updatedAt: site.now() });
  };
}

function classOf(project: Project, { classTitle, classId }: GivenObject): ObjectClass {
  const found = project.classes.find(({ id, title }) => title === classTitle || (classTitle === undefined && id === classId));
  if (found) return found;
  const there = project.classes.map(({ title }) => title).join(', ') || 'none';
  throw badRequest(`the project ${project.id} has no class ${classTitle === undefined ? classId : `"${classTitle}"`}; it has ${there}`);
}
