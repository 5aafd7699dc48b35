import { badRequest } from '../errors';
import { type Schema, open, ANYTHING, ID, TEXT } from '../schema';
import type { Site } from '../site';
import type { Image, Figure, Project, TagMeta, TagUse, User } from '../store/records';

/** A tag as annotations spell it. */
export const TAG_USE: Schema = open({}, { id: ID, tagId: ID, name: TEXT, value: ANYTHING });

export interface GivenTagUse {
  readonly tagId?: number;
  readonly name?: string;
  readonly value?: unknown;
}

/** A tag for an image or for a figure of a class, if the project allows it there. */
export function newTagUse(site: Site, project: Project, { tagId, name, value }: GivenTagUse, user: User, className?: string): TagUse {
  const tag = project.tags.find((one) => one.id === tagId) ?? (name === undefined ? undefined : site.store.tagByName(project, name));
  if (!tag) {
    const there = project.tags.map((one) => one.name).join(', ') || 'none';
    throw badRequest(`the project ${project.id} has no tag ${tagId ?? `"${name}"`}; it has ${there}`);
  }
  checkPlace(tag, className);
  return { id: site.store.nextTagUseId(), tagId: tag.id, value: checkedValue(tag, value ?? null), labelerLogin: user.login, ...site.dated() };
}

/** One tag of a kind: a second one takes the first one's place. */
export function attach(target: Image | Figure, use: TagUse): void {
  target.tags = [...target.tags.filter(({ tagId }) => tagId !== use.tagId), use];
}

export function tagUseView(project: Project, { id, tagId, value, labelerLogin, createdAt, updatedAt }: TagUse): object {
  return { id, tagId, name: project.tags.find((tag) => tag.id === tagId)!.name, value, labelerLogin, createdAt, updatedAt };
}

function checkPlace({ name, applicableType, classes }: TagMeta, className: string | undefined): void {
  if (applicableType === 'imagesOnly' && className !== undefined) throw badRequest(`the tag "${name}" is for images, not for objects`);
  if (applicableType === 'objectsOnly' && className === undefined) throw badRequest(`the tag "${name}" is for objects, not for images`);
  if (className !== undefined && classes.length > 0 && !classes.includes(className)) {
    throw badRequest(`the tag "${name}" is for the classes ${classes.join(', ')}, not for "${className}"`);
  }
}

function checkedValue({ name, valueType, values }: TagMeta, value: unknown): string | number | null {
  const refuse = (expected: string): never => { throw badRequest(`the tag "${name}" wants ${expected}, got ${JSON.stringify(value)}`); };
  switch (valueType) {
    case 'none': return value === null ? null : refuse('no value');
    case 'any_number': return typeof value === 'number' ? value : refuse('a number');
    case 'oneof_string': return typeof value === 'string' && values!.includes(value) ? value : refuse(`one of ${values!.join(', ')}`);
    default: return typeof value === 'string' ? value : refuse(valueType === 'date' ? 'a date' : 'a text');
  }
}
