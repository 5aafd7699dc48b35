import type { ResourceValues } from './desired-stack';
import type { Stack, StackResource } from './stack';
import { isCustomResource, ResourceType } from '../resource-types/resource-type';
import { validationError } from '../template/errors';
import { isObject } from '../template/template';

/** Ref and GetAtt of the stack's resources as they are now. */
export function resourceValues(stack: Stack): ResourceValues {
  return {
    ref: (logicalId) => stack.resources.get(logicalId)?.physicalId,
    getAtt: (logicalId, attribute) => attributeOf(stack, stack.resources.get(logicalId), logicalId, attribute),
  };
}

function attributeOf(stack: Stack, resource: StackResource | undefined, logicalId: string, attribute: string): unknown {
  if (!resource) {
    throw validationError(`Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`);
  }
  const value = at(resource.attributes, attribute) ?? (isCustomResource(resource.type) ? undefined : at(resource.properties, attribute));
  if (value !== undefined) {
    return value;
  }
  if (!ResourceType.of(resource.type).hasSchema) {
    return placeholder(stack, resource, attribute);
  }
  throw validationError(isCustomResource(resource.type)
    ? `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${stack.id}|${logicalId}|${resource.physicalId ?? ''}`
    : `Attribute '${attribute}' of resource ${logicalId} (${resource.type}) does not exist`);
}

/** By its whole name first, then as a path. */
function at(values: Readonly<Record<string, unknown>>, attribute: string): unknown {
  return attribute in values
    ? values[attribute]
    : attribute.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), values);
}

/** What an attribute of a type that is only recorded answers: it says so wherever it turns up, and is an ARN where one is expected. */
function placeholder({ id }: Stack, { type, physicalId = '' }: StackResource, attribute: string): string {
  const [, partition, , region, account] = id.split(':');
  return /Arn$/.test(attribute)
    ? `arn:${partition}:not-simulated:${region}:${account}:${type.replaceAll('::', '-')}/${physicalId}`
    : `not-simulated-${type.replaceAll('::', '-')}-${physicalId}-${attribute}`;
}
