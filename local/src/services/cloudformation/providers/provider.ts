import type { EngineCore } from '../../../core/engine';
import { ServiceError } from '../../../core/service';
import type { ExistingResource, ResourceRequest, ResourceResult, Tag } from '../deployment/resource-provider';
import { asList, isObject, type Json } from '../template/template';

export type Call = EngineCore['call'];

/** How one resource type becomes calls of a service. */
export interface SimulatedResource {
  readonly type: string;
  /** Properties that have an effect here; of any other the resource's event says that it is not simulated. */
  readonly properties: readonly string[];
  create(request: ResourceRequest): Promise<ResourceResult>;
  /** Only with changes that replace nothing. */
  update(request: ResourceRequest, existing: ExistingResource): Promise<ResourceResult>;
  delete(request: ResourceRequest, physicalId: string): Promise<void>;
}

/** Those of the properties that are set. */
export function pick(properties: Json, names: readonly string[]): Json {
  return Object.fromEntries(names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]));
}

/** A policy or other document: an object in templates, JSON text in most calls. */
export function document(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

export function changed(before: Json, after: Json, names: readonly string[]): boolean {
  return names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Without members that are not set: many calls refuse null and empty. */
export function defined(input: Json): Json {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** A call on something that may be gone. */
export async function unlessGone(call: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ServiceError) || !codes.includes(error.code)) {
      throw error;
    }
  }
}

export function tagsOf(properties: Json, property = 'Tags'): readonly Tag[] {
  const tags = properties[property];
  return isObject(tags) ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) })) : asList(tags as readonly Tag[] | undefined);
}

export function tagMap(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

export interface TagCalls {
  set(tags: readonly Tag[]): Promise<unknown>;
  remove(keys: string[]): Promise<unknown>;
}

/** Brings tags from what they were to what they should be. */
export async function updateTags(before: readonly Tag[], after: readonly Tag[], { set, remove }: TagCalls): Promise<void> {
  const old = tagMap(before);
  const added = after.filter(({ Key, Value }) => old[Key] !== Value);
  const gone = before.map(({ Key }) => Key).filter((key) => !after.some(({ Key }) => Key === key));
  if (added.length > 0) {
    await set(added);
  }
  if (gone.length > 0) {
    await remove(gone);
  }
}

/** Keys with a small first letter, at any depth: how some services spell what CloudFormation writes with a capital. */
export function lowerFirst(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowerFirst);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerFirst(inner)]))
    : value;
}

export function arn({ stack }: ResourceRequest, service: string, resource: string): string {
  return `arn:${stack.partition}:${service}:${stack.region}:${stack.accountId}:${resource}`;
}
