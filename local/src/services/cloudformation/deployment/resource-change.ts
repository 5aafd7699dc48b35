import { isDeepStrictEqual } from 'node:util';
import { isCustomResource, ResourceType } from '../resource-types/resource-type';
import { isObject, type Json } from '../template/template';

/** What a difference in properties means for a resource. */
export interface ResourceChange {
  /** Top-level properties that differ. */
  readonly properties: readonly string[];
  readonly replacement: boolean;
  /** Why CloudFormation refuses this change. */
  readonly refusal?: string;
}

export function changeOf(type: string, before: Json, after: Json): ResourceChange {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const properties = names.filter((name) => !isDeepStrictEqual(comparable(before[name]), comparable(after[name])));
  if (isCustomResource(type)) {
    return { properties, replacement: false, refusal: properties.includes('ServiceToken') ? 'Modifying service token is not allowed.' : undefined };
  }
  const resourceType = ResourceType.of(type);
  const replacement = properties.some((name) => resourceType.createOnlyProperties.includes(name));
  return { properties, replacement, refusal: replacement ? nameTaken(resourceType, after, properties) : undefined };
}

/** A resource with a name of its own cannot stand beside its replacement, unless the name changes too. */
function nameTaken({ namingProperties }: ResourceType, after: Json, changed: readonly string[]): string | undefined {
  const kept = namingProperties.length > 0 && namingProperties.every((name) => name in after && !changed.includes(name));
  return kept
    ? `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${namingProperties.map((name) => String(after[name])).join('|')} and update the stack again.`
    : undefined;
}

/** `5` and `"5"` are the same to CloudFormation. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  }
  return value === undefined ? undefined : String(value);
}
