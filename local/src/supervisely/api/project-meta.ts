import { badRequest } from '../errors';
import { mergeClasses, mergeTags } from './meta-merge';
import { ANYTHING, ID, list, MAP, nullable, oneOf, open, text, TEXT } from '../schema';
import { LIST_MEMBERS, listPage } from '../server/listing';
import { get, type Methods, post } from '../server/method';
import type { Site } from '../site';
import type { ObjectClass, Project, TagMeta } from '../store/records';

/** The shapes that figures of a class may have; `any` leaves it to the figure. */
export const SHAPES = ['any', 'bitmap', 'rectangle', 'polygon', 'line', 'point'] as const;
const VALUE_TYPES = ['none', 'any_number', 'any_string', 'oneof_string', 'date'] as const;
const APPLICABLE = ['all', 'imagesOnly', 'objectsOnly'] as const;
const COLOR = { type: 'string', pattern: '^#[0-9A-Fa-f]{6}$' };
const TITLE = text(1, 255);

const CLASS = open({ title: TITLE, shape: oneOf(SHAPES), color: COLOR }, { id: ID, hotkey: TEXT, description: TEXT, geometry_config: nullable(MAP) });
const TAG = open({ name: TITLE, value_type: oneOf(VALUE_TYPES) }, {
  id: ID,
  values: nullable(list(TEXT)),
  color: COLOR,
  hotkey: TEXT,
  applicable_type: oneOf(APPLICABLE),
  classes: list(TEXT),
  target_type: oneOf(['all', 'framesOnly', 'entitiesOnly']),
});

/** What may be labeled in a project: classes and tags. */
export function projectMetaMethods(site: Site): Methods {
  const { store, access } = site;
  return {
    'projects.meta': get(open({ id: ID }), ({ id }, { user }) => metaView(access.project(user, id))),
    'projects.meta.update': post(
      open({ id: ID, meta: open({ classes: list(CLASS), tags: list(TAG) }, { projectType: nullable(TEXT), projectSettings: ANYTHING }) }),
      ({ id, meta }, { user }) => {
        const project = access.project(user, id, 'edit projects');
        const { projectType = project.type } = meta as { projectType?: string | null };
        if (projectType !== null && projectType !== project.type) throw badRequest(`the project ${id} is of the type "${project.type}", not "${projectType}"`);
        // both are computed before either is kept: a refusal changes nothing
        const classes = mergeClasses(store, project, meta.classes);
        const tags = mergeTags(store, project, meta.tags, classes);
        Object.assign(project, { classes, tags, updatedAt: site.now() });
        dropOrphans(site, project);
        return metaView(project);
      }),
    'tags.list': get(open({ projectId: ID }, LIST_MEMBERS), (input, { user }) => {
      const project = access.project(user, input.projectId);
      return listPage(input, project.tags, { fields: { name: ({ name }) => name }, view: (tag) => ({ projectId: project.id, ...tagSettings(tag) }) });
    }),
    'advanced.object_classes.list': get(open({ projectId: ID }, LIST_MEMBERS), (input, { user }) => {
      const project = access.project(user, input.projectId);
      return listPage(input, project.classes, {
        fields: { name: ({ title }) => title },
        view: ({ id, title, shape, color }) => ({ id, name: title, title, shape, color, projectId: project.id }),
      });
    }),
  };
}

/** What hangs on a class or tag that is gone goes with it. */
function dropOrphans({ store }: Site, project: Project): void {
  const classIds = new Set(project.classes.map(({ id }) => id));
  const tagIds = new Set(project.tags.map(({ id }) => id));
  for (const image of store.datasets.of(project.id).flatMap(({ id }) => store.images.of(id))) {
    image.tags = image.tags.filter(({ tagId }) => tagIds.has(tagId));
    for (const figure of store.figures.of(image.id)) {
      figure.tags = figure.tags.filter(({ tagId }) => tagIds.has(tagId));
      if (!classIds.has(figure.classId)) store.figures.remove(figure.id);
    }
  }
}

export function metaView({ classes, tags, type }: Project): object {
  return { classes: classes.map(classView), tags: tags.map(tagView), projectType: type };
}

function classView({ id, title, shape, color, hotkey, description, geometryConfig }: ObjectClass): object {
  return { id, title, description, shape, color, geometry_config: geometryConfig, hotkey };
}

function tagView({ id, name, valueType, values, color, hotkey, applicableType, classes, targetType }: TagMeta): object {
  return { id, name, value_type: valueType, ...(values && { values }), color, hotkey, applicable_type: applicableType, classes, target_type: targetType };
}

function tagSettings({ id, name, valueType, values, color, applicableType }: TagMeta): object {
  const options = { ...(values && { values }), autoIncrement: false };
  return { id, name, color, settings: { type: valueType, options, isTargetable: applicableType !== 'imagesOnly' } };
}
