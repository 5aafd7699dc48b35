import { badRequest, notFound, notServed } from '../errors';
import { figureListing, figureView } from './figure-view';
import { checkedGeometry } from './geometry';
import { attach, type GivenTagUse, newTagUse, TAG_USE } from './tag-uses';
import { ANYTHING, closed, COUNT, FLAG, ID, list, MAP, nullable, open, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { type Call, get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { Figure, Image, ObjectClass, User } from '../store/records';

const NEW_FIGURE = open({ classId: ID, geometryType: TEXT, geometry: MAP }, {
  entityId: ID,
  tags: list(TAG_USE),
  description: TEXT,
  meta: nullable(MAP),
  customData: nullable(MAP),
  priority: nullable(COUNT),
  nnCreated: FLAG,
  nnUpdated: FLAG,
});

export interface NewFigure {
  readonly geometryType: string;
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly tags?: readonly GivenTagUse[];
  readonly description?: string;
  readonly meta?: object | null;
  readonly customData?: object | null;
  readonly priority?: number | null;
  readonly nnCreated?: boolean;
  readonly nnUpdated?: boolean;
}

/** A figure ready to be kept: everything about it is checked. */
export function newFigure(site: Site, image: Image, objectClass: ObjectClass, given: NewFigure, user: User, skipBounds = false): Omit<Figure, 'id'> {
  const dataset = site.store.datasets.get(image.datasetId)!;
  const project = site.store.projects.get(dataset.projectId)!;
  const figure = {
    imageId: image.id,
    datasetId: dataset.id,
    projectId: project.id,
    classId: objectClass.id,
    geometryType: given.geometryType,
    geometry: checkedGeometry(given.geometryType, given.geometry, objectClass, image, skipBounds),
    tags: [],
    description: given.description ?? '',
    meta: given.meta ?? {},
    customData: given.customData ?? {},
    priority: given.priority ?? null,
    nnCreated: given.nnCreated ?? false,
    nnUpdated: given.nnUpdated ?? false,
    labelerLogin: user.login,
    ...site.dated(),
  };
  for (const tag of given.tags ?? []) attach(figure as unknown as Figure, newTagUse(site, project, tag, user, objectClass.title));
  return figure;
}

/** Labels on images, one by one; `annotations.ts` has them image by image. */
export function figureMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'figures.list': get(
      open({}, { ...LIST_MEMBERS, datasetId: nullable(ID), projectId: ID, filters: ANYTHING, integerCoords: FLAG }),
      ({ fields, ...input }, call) => {
        // clients join by it and never ask for it
        const chosen = fields && { fields: [...fields, 'entityId'] };
        return listPage({ ...input, ...chosen }, seenFigures(site, input, call), figureListing(site, input.integerCoords));
      }),
    'figures.info': get(open({ id: ID }, { fields: ANYTHING, decompressBitmap: ANYTHING }), ({ id }, { user }) => figureView(site, figureOf(site, id, user))),
    'figures.tags.list': get(open({ id: ID }), ({ id }, { user }) => (figureView(site, figureOf(site, id, user)) as { tags: object }).tags),
    'figures.bulk.add': post(
      open({ figures: list(NEW_FIGURE, { minItems: 1 }) }, { entityId: ID, datasetId: ID, skipBoundsValidation: FLAG }),
      ({ entityId, datasetId, figures, skipBoundsValidation }, { user, jobId }) => {
        const checked = figures.map((figure: NewFigure & { entityId?: number; classId: number }) => {
          const image = access.image(user, figure.entityId ?? entityId ?? missing('"entityId" is required for each of "figures"'), 'label');
          if (datasetId !== undefined && image.datasetId !== datasetId) throw badRequest(`the dataset ${datasetId} has no image ${image.id}`);
          return newFigure(site, image, classOf(site, image, figure.classId), figure, user, skipBoundsValidation);
        }) as Array<Omit<Figure, 'id'>>;
        return checked.map((figure) => ({ id: keepFigure(site, figure, user, jobId).id }));
      }),
    'figures.bulk.remove': post(closed({ figureIds: list(ID, { minItems: 1 }) }), ({ figureIds }, { user }) => {
      for (const figure of figureIds.map((id: number) => figureOf(site, id, user, 'label'))) store.figures.remove(figure.id);
      return { success: true };
    }),
  };
}

export function keepFigure(site: Site, figure: Omit<Figure, 'id'>, user: User, jobId?: number): Figure {
  const kept = site.store.figures.add(figure);
  const { projectId, datasetId, imageId, classId, id: figureId } = kept;
  const teamId = site.store.teamOfProject(site.store.projects.get(projectId)!);
  site.record({ teamId, userId: user.id, action: 'create_figure', projectId, datasetId, imageId, classId, figureId, ...(jobId !== undefined && { jobId }) });
  return kept;
}

interface Where {
  readonly datasetId?: number | null;
  readonly projectId?: number;
  readonly filters?: unknown;
}

/** Of a dataset or a project; with `x-job-id`, on the images of one job only. */
function seenFigures({ store, access }: Site, { datasetId, projectId, filters }: Where, { user, jobId }: Call): Figure[] {
  if (filters !== undefined) throw notServed('"filters" of figures.list, only "filter"');
  const datasets = datasetId ? [access.dataset(user, datasetId)] : store.datasets.of(access.project(user, projectId ?? 0).id);
  const scope = jobId === undefined ? undefined : new Set(access.job(user, jobId).entities.map(({ id }) => id));
  const images = datasets.flatMap(({ id }) => store.images.of(id)).filter(({ id }) => scope?.has(id) ?? true);
  return images.flatMap(({ id }) => store.figures.of(id));
}

function figureOf(site: Site, id: number, user: User, purpose?: 'label'): Figure {
  const figure = site.store.figures.get(id);
  if (!figure) throw notFound('Figure', id);
  site.access.image(user, figure.imageId, purpose);
  return figure;
}

function classOf({ store }: Site, image: Image, classId: number): ObjectClass {
  const project = store.projects.get(store.datasets.get(image.datasetId)!.projectId)!;
  return project.classes.find(({ id }) => id === classId) ?? missing(`the project ${project.id} has no class ${classId}`);
}

function missing(message: string): never {
  throw badRequest(message);
}
