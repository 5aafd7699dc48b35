import type { Tag } from './resource-provider';
import { ResourceType } from '../resource-types/resource-type';
import { isObject, type Json } from '../template/template';

/** Adds the stack's tags where the type has tags; the resource's own win. */
export function withStackTags(type: string, properties: Json, tags: readonly Tag[]): Json {
  const property = ResourceType.of(type).tagProperty;
  if (!property || tags.length === 0) {
    return properties;
  }
  const own = properties[property.name];
  return { ...properties, [property.name]: property.form === 'list' ? mergedList(own, tags) : mergedMap(own, tags) };
}

function mergedList(own: unknown, tags: readonly Tag[]): unknown {
  const list = Array.isArray(own) ? own as Tag[] : [];
  const keys = new Set(list.map(({ Key }) => Key));
  return [...list, ...tags.filter(({ Key }) => !keys.has(Key)).map(({ Key, Value }) => ({ Key, Value }))];
}

function mergedMap(own: unknown, tags: readonly Tag[]): unknown {
  return { ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])), ...(isObject(own) ? own : {}) };
}
