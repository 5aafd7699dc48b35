import type { ChangeSets } from './change-sets';
import type { DeploymentEnvironment } from './deployment/environment';
import type { Stack, StackDefinition } from './deployment/stack';
import type { Exports } from './exports';
import type { StackStore } from './stack-store';
import { validationError } from './template/errors';
import type { StackPlace } from './template/pseudo-parameters';
import type { EngineCore } from '../../core/engine';

/** What the service's operations work on. */
export interface CloudFormationContext {
  readonly core: EngineCore;
  readonly stacks: StackStore;
  readonly changeSets: ChangeSets;
  readonly exports: Exports;
  readonly environment: DeploymentEnvironment;
  readonly newId: () => string;
}

/** Statuses from which an update may begin. */
const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE', 'UPDATE_FAILED', 'CREATE_FAILED'];

export function checkUpdatable(stack: Stack): void {
  if (!UPDATABLE.includes(stack.status)) {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
}

export function placeOf({ environment }: CloudFormationContext, stack: Stack, definition: StackDefinition): StackPlace {
  return stack.place(environment.base, definition);
}
