import type { PlannedChange } from './deployment/change-preview';
import type { OnFailure } from './deployment/deployment';
import type { Tag } from './deployment/resource-provider';
import type { Stack, StackDefinition } from './deployment/stack';
import { ServiceError } from '../../core/service';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly stack: Stack;
  readonly definition: StackDefinition;
  readonly description?: string;
  readonly creationTime: Date;
  readonly changes: readonly PlannedChange[];
  readonly tags: readonly Tag[];
  readonly onStackFailure?: OnFailure;
  status: string;
  statusReason?: string;
  executionStatus: string;
}

/** Change sets by id, or by name within a stack. */
export class ChangeSets {
  private readonly byId = new Map<string, ChangeSet>();

  add(changeSet: ChangeSet): void {
    this.byId.set(changeSet.id, changeSet);
  }

  remove({ id }: ChangeSet): void {
    this.byId.delete(id);
  }

  ofStack(stack: Stack): ChangeSet[] {
    return [...this.byId.values()].filter((changeSet) => changeSet.stack === stack);
  }

  find(nameOrId: string, stackName: string | undefined): ChangeSet | undefined {
    return this.byId.get(nameOrId)
      ?? [...this.byId.values()].find(({ name, stack }) => name === nameOrId && !stack.isDeleted && (stack.name === stackName || stack.id === stackName));
  }

  get(nameOrId: string, stackName: string | undefined): ChangeSet {
    const found = this.find(nameOrId, stackName);
    if (!found) {
      throw new ServiceError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
    }
    return found;
  }
}
