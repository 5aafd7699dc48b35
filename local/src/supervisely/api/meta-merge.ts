import { badRequest } from '../errors';
import type { ObjectClass, Project, TagMeta } from '../store/records';
import type { Store } from '../store/store';

interface GivenClass {
  readonly id?: number;
  readonly title: string;
  readonly shape: string;
  readonly color: string;
  readonly hotkey?: string;
  readonly description?: string;
  readonly geometry_config?: object | null;
}

interface GivenTag {
  readonly id?: number;
  readonly name: string;
  readonly value_type: string;
  readonly values?: readonly string[] | null;
  readonly color?: string;
  readonly hotkey?: string;
  readonly applicable_type?: string;
  readonly classes?: readonly string[];
  readonly target_type?: string;
}

/** The classes that a project has after an update: exactly the given ones; those known by name keep their ids. */
export function mergeClasses(store: Store, project: Project, given: readonly GivenClass[]): ObjectClass[] {
  refuseTwins('classes', given.map(({ title }) => title));
  return given.map(({ id, title, shape, color, hotkey, description, geometry_config: geometryConfig }) => {
    const known = store.classByName(project, title) ?? project.classes.find((one) => one.id === id);
    if (known && known.shape !== shape && shape !== 'any') {
      throw badRequest(`the class "${title}" has the shape "${known.shape}", which can only become "any", not "${shape}"`);
    }
    return {
      id: known?.id ?? store.nextMetaId(),
      title,
      shape,
      color,
      hotkey: hotkey ?? known?.hotkey ?? '',
      description: description ?? known?.description ?? '',
      geometryConfig: geometryConfig ?? known?.geometryConfig ?? {},
    };
  });
}

export function mergeTags(store: Store, project: Project, given: readonly GivenTag[], classes: readonly ObjectClass[]): TagMeta[] {
  refuseTwins('tags', given.map(({ name }) => name));
  return given.map((tag) => {
    const known = store.tagByName(project, tag.name) ?? project.tags.find((one) => one.id === tag.id);
    if (known && known.valueType !== tag.value_type) {
      throw badRequest(`the tag "${tag.name}" has the value type "${known.valueType}", which cannot become "${tag.value_type}"`);
    }
    const values = valuesOf(tag);
    return {
      id: known?.id ?? store.nextMetaId(),
      name: tag.name,
      valueType: tag.value_type,
      ...(values && { values }),
      color: tag.color ?? known?.color ?? '#A0A0A0',
      hotkey: tag.hotkey ?? known?.hotkey ?? '',
      applicableType: tag.applicable_type ?? known?.applicableType ?? 'all',
      classes: knownClasses(tag, classes),
      targetType: tag.target_type ?? known?.targetType ?? 'all',
    };
  });
}

function valuesOf({ name, value_type: type, values }: GivenTag): readonly string[] | undefined {
  if (type !== 'oneof_string') return undefined;
  if (!values?.length) throw badRequest(`the tag "${name}" of the value type "oneof_string" needs "values"`);
  return values;
}

function knownClasses({ name, classes: wanted = [] }: GivenTag, classes: readonly ObjectClass[]): readonly string[] {
  const unknown = wanted.find((title) => !classes.some((one) => one.title === title));
  if (unknown !== undefined) throw badRequest(`the tag "${name}" is for the class "${unknown}", which is not among the given classes`);
  return wanted;
}

function refuseTwins(what: string, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw badRequest(`"${twin}" stands twice in "${what}"`, { type: 'NONUNIQUE' });
}
