import { isDeepStrictEqual } from 'node:util';
import { DesiredStack, type OutsideValues } from './desired-stack';
import { changeOf } from './resource-change';
import { resourceValues } from './resource-values';
import type { Stack, StackDefinition } from './stack';
import { ServiceError } from '../../../core/service';
import { isCustomResource } from '../resource-types/resource-type';
import { inOrder } from '../template/graph';
import type { StackPlace } from '../template/pseudo-parameters';

export interface PlannedChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  /** Top-level properties that differ, where that is known already. */
  readonly properties: readonly string[];
  readonly scope: readonly ('Properties' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy')[];
}

/** Stands for what only the deployment will tell; CloudFormation's change sets use the same text. */
const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What an operation would do, without doing anything. Throws what CloudFormation refuses before it starts. */
export async function previewChanges(stack: Stack, definition: StackDefinition, place: StackPlace, outside: OutsideValues): Promise<PlannedChange[]> {
  const uncertain = new Set<string>();
  const now = resourceValues(stack);
  const known = (id: string) => stack.resources.has(id) && !uncertain.has(id);
  const importValue = (name: string) => {
    try {
      return outside.importValue(name);
    } catch {
      // reported when the resource is made
      return KNOWN_AFTER_APPLY;
    }
  };
  const desired = await DesiredStack.of(definition, place, { ...outside, importValue }, {
    ref: (id) => (known(id) ? now.ref(id) : KNOWN_AFTER_APPLY),
    getAtt: (id, attribute) => (known(id) ? now.getAtt(id, attribute) : desired.has(id) ? KNOWN_AFTER_APPLY : now.getAtt(id, attribute)),
  });
  const changes: PlannedChange[] = [];
  for (const id of inOrder(desired.graph)) {
    const change = await changeOfResource(stack, desired, id);
    if (change) {
      changes.push(change);
      if (change.replacement !== 'False' || isCustomResource(change.type)) {
        uncertain.add(id);
      }
    }
  }
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !desired.has(logicalId));
  return [...changes, ...removed.map(({ logicalId, type, physicalId }): PlannedChange => ({ action: 'Remove', logicalId, type, physicalId, properties: [], scope: [] }))];
}

async function changeOfResource(stack: Stack, desired: DesiredStack, logicalId: string): Promise<PlannedChange | undefined> {
  const existing = stack.resources.get(logicalId);
  const { Type: type } = desired.declaration(logicalId);
  const properties = await desired.properties(logicalId).catch(unlessRefused);
  if (!existing) {
    return { action: 'Add', logicalId, type, properties: [], scope: [] };
  }
  const base = { action: 'Modify' as const, logicalId, type, physicalId: existing.physicalId };
  if (!properties) {
    return { ...base, replacement: 'Conditional', properties: [], scope: ['Properties'] };
  }
  const change = changeOf(type, existing.properties, properties);
  const scope: PlannedChange['scope'] = [
    ...(change.properties.length > 0 || existing.dirty || existing.status === 'CREATE_FAILED' ? ['Properties' as const] : []),
    ...(isDeepStrictEqual(await desired.metadata(logicalId).catch(unlessRefused), existing.metadata) ? [] : ['Metadata' as const]),
    ...(await desired.policy(logicalId, 'DeletionPolicy') === existing.deletionPolicy ? [] : ['DeletionPolicy' as const]),
    ...(await desired.policy(logicalId, 'UpdateReplacePolicy') === existing.updateReplacePolicy ? [] : ['UpdateReplacePolicy' as const]),
  ];
  const certain = change.properties.every((name) => !JSON.stringify(properties[name] ?? null).includes(KNOWN_AFTER_APPLY));
  return scope.length === 0 ? undefined : { ...base, properties: change.properties, scope, replacement: !change.replacement ? 'False' : certain ? 'True' : 'Conditional' };
}

/** What cannot be computed yet is no error yet; a reference to nothing is one. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof ServiceError && /^Template (format error: Unresolved|error: Unable to get mapping|error: encountered)/.test(error.message)) {
    throw error;
  }
  return undefined;
}

/** Whether anything but resources differs: outputs and tags are reasons for an update of their own. */
export function differsOtherwise(before: StackDefinition | undefined, after: StackDefinition): boolean {
  return !before
    || !isDeepStrictEqual(before.template.Outputs ?? {}, after.template.Outputs ?? {})
    || !isDeepStrictEqual(before.tags, after.tags)
    || !isDeepStrictEqual(outputParameters(before), outputParameters(after));
}

/** Parameters that outputs may show; those of resources have shown in the resources already. */
function outputParameters({ template, parameters }: StackDefinition): unknown {
  const mentioned = JSON.stringify(template.Outputs ?? {});
  return Object.entries(parameters).filter(([name]) => mentioned.includes(name));
}
