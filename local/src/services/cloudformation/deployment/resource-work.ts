import type { DesiredStack } from './desired-stack';
import { Hold, type DeploymentEnvironment } from './environment';
import { generatedName } from './generated-name';
import { changeOf } from './resource-change';
import { RequestUndelivered, ResourceCancelled, ResourceFailure, type ResourceRequest, type ResourceResult } from './resource-provider';
import type { Stack, StackResource } from './stack';
import { ResourceType } from '../resource-types/resource-type';
import { resolveDynamic } from '../template/evaluate';
import type { DeletionPolicy, Json } from '../template/template';

const REPLACEMENT = 'Requested update requires the creation of a new physical resource; hence creating one.';
const NEW_PHYSICAL_ID = 'Requested update required the provider to create a new physical resource';

/** Brings resources of one stack to what a definition wants, one at a time, and records what happens as the stack's events. */
export class ResourceWork {
  /** Physical resources that others took the place of: removed when the operation has succeeded. */
  readonly superseded: StackResource[] = [];
  private readonly abort = new AbortController();

  constructor(private readonly environment: DeploymentEnvironment, private readonly stack: Stack, private readonly desired: DesiredStack) {}

  wants(logicalId: string): boolean {
    return this.desired.has(logicalId);
  }

  /** Nobody waits for custom resources any more. */
  cancel(): void {
    this.abort.abort(new ResourceCancelled());
  }

  /** Creates or changes a resource, or leaves it if nothing about it differs. */
  async apply(logicalId: string): Promise<void> {
    const hold = new Hold(() => this.environment.hold());
    try {
      const existing = this.stack.resources.get(logicalId);
      if (existing && existing.status !== 'CREATE_FAILED' && existing.status !== 'DELETE_COMPLETE') {
        await this.update(existing, hold);
        return;
      }
      if (existing?.physicalId) {
        this.superseded.push(existing);
      }
      await this.create(logicalId, hold);
    } finally {
      hold.release();
    }
  }

  private async create(logicalId: string, hold: Hold): Promise<void> {
    const { Type: type } = this.desired.declaration(logicalId);
    this.set({
      logicalId,
      type,
      requested: false,
      properties: {},
      attributes: {},
      deletionPolicy: 'Delete',
      updateReplacePolicy: 'Delete',
      dependencies: this.dependencies(logicalId),
      timestamp: this.environment.now(),
      status: 'CREATE_IN_PROGRESS',
    });
    try {
      this.patch(logicalId, { ...await this.bookkeeping(logicalId), properties: await this.desired.properties(logicalId) });
      const request = await this.request(logicalId, hold, (physicalId) =>
        this.report(logicalId, 'CREATE_IN_PROGRESS', 'Resource creation Initiated', { physicalId }));
      this.abort.signal.throwIfAborted();
      this.patch(logicalId, { requested: true });
      const { physicalId, attributes = {}, note } = await this.environment.provider(type).create(request);
      this.report(logicalId, 'CREATE_COMPLETE', note, { physicalId, attributes, note });
    } catch (error) {
      // whom no request has reached has nothing to delete
      if (error instanceof RequestUndelivered) this.patch(logicalId, { requested: false });
      this.report(logicalId, 'CREATE_FAILED', reasonOf(error, 'Resource creation cancelled'), idOf(error));
      throw error;
    }
  }

  private async update(existing: StackResource, hold: Hold): Promise<void> {
    const { logicalId, type } = existing;
    try {
      const bookkeeping = await this.bookkeeping(logicalId);
      const properties = await this.desired.properties(logicalId);
      const { properties: changed, replacement, refusal } = changeOf(type, existing.properties, properties);
      if (changed.length === 0 && !existing.dirty) {
        this.leave(existing, bookkeeping);
        return;
      }
      this.report(logicalId, 'UPDATE_IN_PROGRESS', replacement ? REPLACEMENT : undefined);
      if (refusal) {
        throw new ResourceFailure(refusal);
      }
      const result = await (replacement ? this.replace(existing, properties, hold) : this.change(existing, properties, hold));
      if (result.physicalId !== existing.physicalId) {
        this.superseded.push({ ...existing, updateReplacePolicy: bookkeeping.updateReplacePolicy });
      }
      const { physicalId, attributes = {}, note } = result;
      this.report(logicalId, 'UPDATE_COMPLETE', note, { ...bookkeeping, physicalId, attributes, properties, note, dirty: false });
    } catch (error) {
      this.report(logicalId, 'UPDATE_FAILED', reasonOf(error, 'Resource update cancelled'), idOf(error));
      throw error;
    }
  }

  private async replace(existing: StackResource, properties: Json, hold: Hold): Promise<ResourceResult> {
    // until the new one has an id, the record stays that of the old one
    const initiated = (physicalId: string) => this.report(existing.logicalId, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated', { physicalId, properties });
    return this.environment.provider(existing.type).create(await this.request(existing.logicalId, hold, initiated, properties));
  }

  private async change(existing: StackResource, properties: Json, hold: Hold): Promise<ResourceResult> {
    const { logicalId, physicalId } = existing;
    const initiated = (newId: string) => {
      if (newId !== physicalId) {
        this.report(logicalId, 'UPDATE_IN_PROGRESS', NEW_PHYSICAL_ID, { physicalId: newId });
      }
    };
    const request = await this.request(logicalId, hold, initiated, properties);
    const before = await this.resolvedProperties(existing);
    this.abort.signal.throwIfAborted();
    this.patch(logicalId, { properties, dirty: true });
    return this.environment.provider(existing.type).update(request, { physicalId: physicalId!, properties: before });
  }

  /** Removes a physical resource as its policy says. `tracked`: it is the stack's resource, not one that another took the place of. */
  async remove(resource: StackResource, policy: DeletionPolicy, tracked: boolean): Promise<void> {
    const record = (status: string, statusReason?: string, physicalId = resource.physicalId) => {
      const next = { ...resource, physicalId, status, statusReason, timestamp: this.environment.now() };
      if (tracked) {
        this.set(next);
      } else {
        this.stack.recordResource(next);
      }
    };
    const provider = this.environment.provider(resource.type);
    const physicalId = resource.physicalId ?? (provider.custom && resource.requested ? this.name(resource.logicalId) : undefined);
    if (policy === 'Retain' || physicalId === undefined) {
      record(physicalId === undefined ? 'DELETE_COMPLETE' : 'DELETE_SKIPPED');
      return;
    }
    const hold = new Hold(() => this.environment.hold());
    record('DELETE_IN_PROGRESS', undefined, physicalId);
    try {
      const properties = await this.resolvedProperties(resource);
      await provider.delete({ ...this.requestBase(resource, hold), properties, initiated: () => {} }, physicalId);
      record('DELETE_COMPLETE', undefined, physicalId);
    } catch (error) {
      record('DELETE_FAILED', reasonOf(error, 'Resource deletion cancelled'), physicalId);
      throw error;
    } finally {
      hold.release();
    }
  }

  private leave(existing: StackResource, bookkeeping: Partial<StackResource>): void {
    this.patch(existing.logicalId, bookkeeping);
    if (existing.status.endsWith('_FAILED') || existing.status.endsWith('_IN_PROGRESS')) {
      this.report(existing.logicalId, 'UPDATE_COMPLETE');
    }
  }

  private async bookkeeping(logicalId: string) {
    return {
      metadata: await this.desired.metadata(logicalId),
      deletionPolicy: await this.desired.policy(logicalId, 'DeletionPolicy'),
      updateReplacePolicy: await this.desired.policy(logicalId, 'UpdateReplacePolicy'),
      dependencies: this.dependencies(logicalId),
    };
  }

  private dependencies(logicalId: string): ReadonlySet<string> {
    return this.desired.graph.get(logicalId)!;
  }

  private async request(logicalId: string, hold: Hold, initiated: (id: string) => void, wanted?: Json): Promise<ResourceRequest> {
    const resource = this.stack.resources.get(logicalId)!;
    const { properties, problems } = ResourceType.of(resource.type).checked(await this.dynamic(wanted ?? resource.properties));
    if (problems.length > 0) {
      throw new ResourceFailure(`Properties validation failed for resource ${logicalId} with message:\n[${problems.join(', ')}]`);
    }
    return { ...this.requestBase(resource, hold), properties, initiated };
  }

  private requestBase({ logicalId, type }: StackResource, hold: Hold): Omit<ResourceRequest, 'properties' | 'initiated'> {
    return {
      stack: this.desired.place,
      logicalId,
      type,
      generatedName: (maximumLength) => this.name(logicalId, maximumLength),
      secret: (value) => this.stack.secrets.add(String(value)),
      signal: this.abort.signal,
      waitFor: (answer) => hold.waitFor(answer),
    };
  }

  private name(logicalId: string, maximumLength?: number): string {
    return generatedName(this.stack.name, logicalId, this.environment.newSuffix(), maximumLength);
  }

  /** As they were sent; a secret that is gone by now leaves its reference. */
  private async resolvedProperties({ type, properties }: StackResource): Promise<Json> {
    return ResourceType.of(type).checked(await this.dynamic(properties).catch(() => properties)).properties;
  }

  private async dynamic(properties: Json): Promise<Json> {
    return await resolveDynamic(properties, (service, reference) => this.environment.dynamic(service, reference)) as Json;
  }

  private set(resource: StackResource): void {
    this.stack.setResource(resource);
  }

  private patch(logicalId: string, changes: Partial<StackResource>): void {
    this.stack.resources.set(logicalId, { ...this.stack.resources.get(logicalId)!, ...changes });
  }

  private report(logicalId: string, status: string, statusReason?: string, changes: Partial<StackResource> = {}): void {
    this.set({ ...this.stack.resources.get(logicalId)!, ...changes, status, statusReason, timestamp: this.environment.now() });
  }
}

function reasonOf(error: unknown, whenCancelled: string): string {
  return error instanceof ResourceCancelled ? whenCancelled : error instanceof Error ? error.message : String(error);
}

function idOf(error: unknown): Partial<StackResource> {
  return error instanceof ResourceFailure && error.physicalId ? { physicalId: error.physicalId } : {};
}
