import { DesiredStack } from './desired-stack';
import type { DeploymentEnvironment } from './environment';
import { exportsOf, outputsOf } from './outputs';
import { removeAll } from './removal';
import { resourceValues } from './resource-values';
import { ResourceWork } from './resource-work';
import type { RollbackPoint, Stack, StackDefinition, StackResource } from './stack';
import { walk } from '../template/graph';
import type { DeletionPolicy } from '../template/template';

export type OnFailure = 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';

const USER_INITIATED = 'User Initiated';

/** One operation on one stack, from its first event to its last. */
export class Deployment {
  private work?: ResourceWork;
  private cancelReason?: string;
  private abandoned = false;

  constructor(private readonly environment: DeploymentEnvironment, private readonly stack: Stack) {}

  /** Ends the operation's forward part; what follows a failure follows now. */
  cancel(reason: string): void {
    this.cancelReason ??= reason;
    this.work?.cancel();
  }

  /** Ends a creation for good: the stack is deleted next. */
  abandon(): void {
    this.abandoned = true;
    this.cancel(USER_INITIATED);
  }

  async create(definition: StackDefinition, onFailure: OnFailure): Promise<void> {
    this.status('CREATE_IN_PROGRESS', USER_INITIATED);
    this.stack.definition = definition;
    const failure = await this.forward(definition);
    if (failure === undefined) {
      this.status('CREATE_COMPLETE');
    } else if (this.abandoned) {
      return;
    } else if (onFailure === 'DO_NOTHING') {
      this.status('CREATE_FAILED', failure);
    } else if (onFailure === 'DELETE') {
      this.status('CREATE_FAILED', `${failure}Delete requested by user.`);
      await this.delete();
    } else {
      await this.rollbackCreate(`${failure}Rollback requested by user.`);
    }
  }

  async rollbackCreate(reason: string): Promise<void> {
    this.status('ROLLBACK_IN_PROGRESS', reason);
    this.stack.outputs = [];
    const policy = ({ deletionPolicy }: StackResource) => (deletionPolicy === 'RetainExceptOnCreate' ? 'Delete' : deletionPolicy);
    const failed = await this.removeEverything(policy);
    this.status(failed.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE', failed.length > 0 ? failedTo('delete', failed) : undefined);
  }

  async update(definition: StackDefinition, disableRollback: boolean): Promise<void> {
    this.stack.lastUpdatedTime = this.environment.now();
    const neverComplete = this.stack.status === 'CREATE_FAILED';
    const failedBefore = this.stack.rollbackPoint;
    this.stack.rollbackPoint ??= { definition: this.stack.definition!, resources: new Map(this.stack.resources), leftovers: [] };
    this.status('UPDATE_IN_PROGRESS', USER_INITIATED);
    this.stack.definition = definition;
    const failure = await this.forward(definition);
    const superseded = this.work?.superseded ?? [];
    if (failure === undefined) {
      this.status('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      await this.cleanUp([...superseded, ...failedBefore?.leftovers ?? []], definition);
      this.stack.rollbackPoint = undefined;
      this.status('UPDATE_COMPLETE');
    } else if (disableRollback) {
      this.status('UPDATE_FAILED', failure);
    } else if (neverComplete) {
      await this.rollbackCreate(failure);
    } else {
      await this.rollbackUpdate(failure);
    }
  }

  /** Goes back to the definition before the update, as another update: a custom resource gets a second Update, old and new swapped. */
  async rollbackUpdate(reason: string, skipped: readonly string[] = []): Promise<void> {
    const point = this.stack.rollbackPoint!;
    this.status('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    this.stack.definition = point.definition;
    const desired = await this.desired(point.definition);
    const work = this.work = new ResourceWork(this.environment, this.stack, desired);
    const failures = await walk(desired.graph, { visit: (id) => this.revert(id, point, work, skipped), keepGoing: true });
    if (failures.size > 0) {
      this.status('UPDATE_ROLLBACK_FAILED', failedTo('update', [...failures.keys()]));
      return;
    }
    this.status('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await this.cleanUp([...point.leftovers, ...work.superseded], point.definition);
    this.stack.rollbackPoint = undefined;
    this.status('UPDATE_ROLLBACK_COMPLETE');
  }

  async delete(retained: readonly string[] = [], force = false): Promise<void> {
    this.status('DELETE_IN_PROGRESS', USER_INITIATED);
    const failed = await this.removeEverything(({ logicalId, deletionPolicy }) =>
      (retained.includes(logicalId) || deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy));
    if (failed.length > 0 && !force) {
      this.status('DELETE_FAILED', failedTo('delete', failed));
      return;
    }
    this.environment.publishExports(this.stack.id, new Map());
    this.stack.imports = new Set();
    this.stack.deletionTime = this.environment.now();
    this.status('DELETE_COMPLETE');
  }

  /** Creates and changes everything that the definition wants; answers why it failed. */
  private async forward(definition: StackDefinition): Promise<string | undefined> {
    try {
      const desired = await this.desired(definition);
      const work = this.work = new ResourceWork(this.environment, this.stack, desired);
      const failures = await walk(desired.graph, {
        visit: (id) => work.apply(id),
        onFailure: () => work.cancel(),
        stopped: () => this.cancelReason !== undefined,
      });
      if (this.cancelReason !== undefined || failures.size > 0) {
        return this.cancelReason ?? this.failures();
      }
      const outputs = await outputsOf(desired);
      this.environment.publishExports(this.stack.id, exportsOf(outputs));
      this.stack.outputs = outputs;
      this.stack.imports = desired.imports;
      return undefined;
    } catch (error) {
      return `${(error as Error).message.replace(/\.?$/, '.')} `;
    }
  }

  private failures(): string {
    const failed = (status: string) => [...this.stack.resources.values()].filter((resource) => resource.status === status).map(({ logicalId }) => logicalId);
    return ([['create', failed('CREATE_FAILED')], ['update', failed('UPDATE_FAILED')]] as const)
      .filter(([, ids]) => ids.length > 0).map(([verb, ids]) => failedTo(verb, ids)).join('');
  }

  /** Back to the resource as it was; what the update had put in its place is left over. */
  private async revert(logicalId: string, point: RollbackPoint, work: ResourceWork, skipped: readonly string[]): Promise<void> {
    const [before, current] = [point.resources.get(logicalId), this.stack.resources.get(logicalId)];
    if (skipped.includes(logicalId)) {
      this.stack.setResource({ ...current!, properties: before?.properties ?? {}, dirty: false, status: 'UPDATE_COMPLETE', timestamp: this.environment.now() });
      return;
    }
    const replaced = before && current && before.physicalId !== current.physicalId && !this.environment.provider(current.type).custom;
    if (replaced) {
      point.leftovers.push(current);
      this.stack.setResource({ ...before, status: 'UPDATE_COMPLETE', statusReason: undefined, timestamp: this.environment.now() });
    }
    await work.apply(logicalId);
  }

  /** Removes what is not wanted any more. What cannot be removed is abandoned, as CloudFormation does. */
  private async cleanUp(superseded: readonly StackResource[], { template }: StackDefinition): Promise<void> {
    const wanted = this.work ? (id: string) => this.work!.wants(id) : (id: string) => id in template.Resources;
    const removed = [...this.stack.resources.values()].filter(({ logicalId }) => !wanted(logicalId));
    await removeAll([...superseded, ...removed], (resource) => {
      const isReplaced = superseded.includes(resource);
      const policy: DeletionPolicy = isReplaced ? resource.updateReplacePolicy : resource.deletionPolicy;
      return this.work!.remove(resource, policy === 'RetainExceptOnCreate' ? 'Retain' : policy, !isReplaced);
    });
    removed.forEach(({ logicalId }) => this.stack.resources.delete(logicalId));
  }

  private async removeEverything(policyOf: (resource: StackResource) => DeletionPolicy): Promise<string[]> {
    const standing = [...this.stack.resources.values()].filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED');
    if (standing.length === 0) {
      return [];
    }
    const work = new ResourceWork(this.environment, this.stack, await this.desired(this.stack.definition!));
    return removeAll(standing, (resource) => work.remove(resource, policyOf(resource), true));
  }

  private async desired(definition: StackDefinition): Promise<DesiredStack> {
    return DesiredStack.of(definition, this.stack.place(this.environment.base, definition), this.environment, resourceValues(this.stack));
  }

  private status(status: string, reason?: string): void {
    this.stack.setStatus(status, this.environment.now(), reason);
  }
}

function failedTo(verb: string, logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. `;
}

