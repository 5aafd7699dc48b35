import { badRequest, notFound } from '../errors';
import { ANYTHING, closed, ID, list } from '../schema';
import { attach, newTagUse } from './tag-uses';
import { type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Figure, Image, Project, User } from '../store/records';

interface Assignment {
  readonly tagId: number;
  readonly value?: unknown;
  readonly entityId?: number;
  readonly figureId?: number;
}

/** Tags put on images and figures that are there already. */
export function tagMethods(site: Site): Methods {
  const { store, access } = site;
  const imageOf = (user: User, id: number): { image: Image; project: Project } => {
    const image = access.image(user, id, 'label');
    return { image, project: store.projects.get(store.datasets.get(image.datasetId)!.projectId)! };
  };
  const tagImage = (assignment: Assignment, user: User): object => {
    const { image, project } = imageOf(user, assignment.entityId!);
    const use = newTagUse(site, project, assignment, user);
    return { apply: () => attach(image, use), view: { id: use.id, entityId: image.id, tagId: use.tagId, value: use.value } };
  };
  const tagFigure = (assignment: Assignment, user: User): object => {
    const figure = figureOf(site, assignment.figureId!);
    const { project } = imageOf(user, figure.imageId);
    const use = newTagUse(site, project, assignment, user, project.classes.find(({ id }) => id === figure.classId)!.title);
    return { apply: () => attach(figure, use), view: { id: use.id, figureId: figure.id, tagId: use.tagId, value: use.value } };
  };
  const tagAll = (tags: readonly Assignment[], tagOne: (assignment: Assignment, user: User) => object, user: User): object[] => {
    const prepared = tags.map((tag) => tagOne(tag, user)) as Array<{ apply: () => void; view: object }>;
    prepared.forEach(({ apply }) => apply());
    return prepared.map(({ view }) => view);
  };
  return {
    'image-tags.bulk.add-to-image': post(closed({ tagId: ID, ids: list(ID, { minItems: 1 }) }, { value: ANYTHING }), ({ tagId, ids, value }, { user }) =>
      tagAll(ids.map((entityId: number) => ({ tagId, value, entityId })), tagImage, user)),
    'tags.entities.bulk.add': post(
      closed({ projectId: ID, tags: list(closed({ entityId: ID, tagId: ID }, { value: ANYTHING })) }),
      ({ tags }, { user }) => tagAll(tags, tagImage, user)),
    'figures.tags.bulk.add': post(
      closed({ projectId: ID, tags: list(closed({ figureId: ID, tagId: ID }, { value: ANYTHING })) }),
      ({ projectId, tags }, { user }) => {
        const stranger = (tags as Assignment[]).find(({ figureId }) => store.figures.get(figureId!)?.projectId !== projectId);
        if (stranger) throw badRequest(`the project ${projectId} has no figure ${stranger.figureId}`);
        return tagAll(tags, tagFigure, user);
      }),
  };
}

function figureOf({ store }: Site, id: number): Figure {
  const figure = store.figures.get(id);
  if (!figure) throw notFound('Figure', id);
  return figure;
}
