/** A project's classes and tags in the server's own form; members that are not named here are passed on as they are. */
export interface ProjectMeta {
  readonly classes: readonly ObjectClass[];
  readonly tags: readonly TagMeta[];
  readonly [other: string]: unknown;
}

export interface ObjectClass {
  readonly title: string;
  readonly shape: string;
  readonly color?: string;
  readonly [other: string]: unknown;
}

export interface TagMeta {
  readonly name: string;
  readonly value_type: string;
  readonly values?: readonly string[];
  readonly classes?: readonly string[];
  readonly [other: string]: unknown;
}

export interface MergedMeta {
  /** What the project should have: all that it has, in its order, then what it lacks. */
  readonly meta: ProjectMeta;
  /** False: the project has everything already, nothing is to be sent. */
  readonly isChanged: boolean;
  /** What cannot be had, each with its remedy; then nothing must be sent. */
  readonly problems: readonly string[];
}

/** An update replaces a project's meta and removes what it leaves out, labels and all: so nothing may ever be left out of it. */
export function mergeProjectMeta(present: ProjectMeta, wanted: Pick<ProjectMeta, 'classes' | 'tags'>): MergedMeta {
  const classes = union(present.classes, wanted.classes, ({ title }) => title, (one) => one);
  const tags = union(present.tags, wanted.tags, ({ name }) => name, widenTag);
  return {
    meta: { ...present, classes, tags },
    isChanged: classes.some((one, index) => one !== present.classes[index]) || tags.some((one, index) => one !== present.tags[index]),
    problems: [...shapeProblems(present, wanted), ...valueTypeProblems(present, wanted)],
  };
}

function union<T>(present: readonly T[], wanted: readonly T[], nameOf: (one: T) => string, widen: (one: T, wanted: T) => T): T[] {
  const byName = new Map(wanted.map((one) => [nameOf(one), one]));
  const there = new Set(present.map(nameOf));
  const kept = present.map((one) => {
    const same = byName.get(nameOf(one));
    return same === undefined ? one : widen(one, same);
  });
  return [...kept, ...[...byName.values()].filter((one) => !there.has(nameOf(one)))];
}

/** More values, more classes; a tag for no class in particular is for all of them, and stays so. */
function widenTag(present: TagMeta, wanted: TagMeta): TagMeta {
  const values = widenList(present.values, wanted.values);
  const classes = isForAll(present) ? present.classes : isForAll(wanted) ? [] : widenList(present.classes, wanted.classes);
  const isSame = values === present.values && classes === present.classes;
  return isSame ? present : { ...present, ...(values && { values }), ...(classes && { classes }) };
}

function isForAll({ classes }: TagMeta): boolean {
  return classes === undefined || classes.length === 0;
}

function widenList(present: readonly string[] | undefined, wanted: readonly string[] = []): readonly string[] | undefined {
  const missing = wanted.filter((one) => !present?.includes(one));
  return missing.length === 0 ? present : [...present ?? [], ...missing];
}

function shapeProblems(present: ProjectMeta, wanted: Pick<ProjectMeta, 'classes'>): string[] {
  return wanted.classes.flatMap(({ title, shape }) => {
    const there = present.classes.find((one) => one.title === title);
    if (!there || there.shape === shape || there.shape === 'any') return [];
    return [`class ${JSON.stringify(title)} has the shape '${there.shape}' in the project, not '${shape}': use that shape, or another name`];
  });
}

function valueTypeProblems(present: ProjectMeta, wanted: Pick<ProjectMeta, 'tags'>): string[] {
  return wanted.tags.flatMap(({ name, value_type: type }) => {
    const there = present.tags.find((one) => one.name === name);
    if (!there || there.value_type === type) return [];
    return [`tag ${JSON.stringify(name)} has the value type '${there.value_type}' in the project, not '${type}': use that type, or another name`];
  });
}
