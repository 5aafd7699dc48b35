import type { LabelFormatSpec } from './label-format';
import type { ObjectClass, ProjectMeta, TagMeta } from '../project-meta';

/** With it an import marks images that came with labels, unless told another name. */
export const LABELED_TAG = 'ground-truth';

/** A class of labels; its number is its place in the list. */
export interface LabelClass {
  readonly name: string;
  /** As `#rrggbb`, where the project has one. */
  readonly color?: string;
}

/** What a job is restricted to, by names; nothing: it is not. */
export interface JobRestriction {
  readonly classes: readonly string[];
  readonly tags: readonly string[];
}

/** Classes of figures: the declared ones in their order, else those that the jobs are restricted to, else the project's. A text says what is wrong. */
export function figureClasses(meta: ProjectMeta, jobs: readonly JobRestriction[], labels: readonly string[] | undefined): ObjectClass[] | string {
  const names = labels ?? namesOf(jobs.map(({ classes }) => classes), meta.classes.map(({ title }) => title));
  const found = names.map((name) => meta.classes.find(({ title }) => title === name));
  const missing = names.filter((_, index) => found[index] === undefined);
  return missing.length === 0 ? found.flatMap((one) => one ?? []) : `the project has no class ${quoted(missing)}; it has ${quoted(meta.classes.map(({ title }) => title))}`;
}

/** Classes of classifications: the values of a tag, else tags without values, in the order of `figureClasses`. */
export function tagClasses(
  meta: ProjectMeta, jobs: readonly JobRestriction[], labels: readonly string[] | undefined, { tag: name }: LabelFormatSpec,
): LabelClass[] | string {
  if (name !== undefined) return valueClasses(meta, labels, name);
  const names = labels ?? namesOf(jobs.map(({ tags }) => tags), meta.tags.map((tag) => tag.name));
  const found = names.map((each) => meta.tags.find((tag) => tag.name === each));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) return `the project has no tag ${quoted(missing)}; it has ${quoted(meta.tags.map((tag) => tag.name))}`;
  // tags with values, and those of objects, are something else than classes of images; who names one wants it
  const wanted = found.flatMap((tag) => (tag && (labels !== undefined || isClass(tag)) ? [{ name: tag.name, color: colorOf(tag) }] : []));
  return wanted.length > 0 ? wanted : 'there is no tag without values that could be a class: say with \'format\' which tag has the classes as its values';
}

function valueClasses(meta: ProjectMeta, labels: readonly string[] | undefined, name: string): LabelClass[] | string {
  const tag = meta.tags.find((one) => one.name === name);
  if (!tag) return `the project has no tag ${quoted([name])}; it has ${quoted(meta.tags.map((one) => one.name))}`;
  const names = labels ?? tag.values;
  if (names?.length) return names.map((each) => ({ name: each }));
  return `the tag ${quoted([name])} takes values of the type ${tag.value_type}, which are no list: say with 'labels' which of them are classes`;
}

function isClass({ name, value_type, applicable_type }: TagMeta): boolean {
  return value_type === 'none' && applicable_type !== 'objectsOnly' && name !== LABELED_TAG;
}

function colorOf({ color }: TagMeta): string | undefined {
  return typeof color === 'string' ? color : undefined;
}

/** A job without a restriction is on everything. */
function namesOf(restrictions: ReadonlyArray<readonly string[]>, all: readonly string[]): readonly string[] {
  return restrictions.length > 0 && restrictions.every((one) => one.length > 0) ? [...new Set(restrictions.flat())] : all;
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => JSON.stringify(name)).join(', ');
}
