import type { Tag } from './resource-provider';
import type { Parameters } from '../template/parameters';
import type { StackPlace } from '../template/pseudo-parameters';
import type { DeletionPolicy, Json, Template } from '../template/template';

/** What a stack should be: a template with everything that gives it its values. */
export interface StackDefinition {
  readonly body: string;
  readonly template: Template;
  readonly parameters: Parameters;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly roleArn?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  /** The provider was asked: something may exist although no id is known. */
  readonly requested: boolean;
  /** An Update was asked for and did not succeed: what it left behind is unknown. */
  readonly dirty?: boolean;
  readonly status: string;
  readonly statusReason?: string;
  readonly timestamp: Date;
  /** As last asked for; dynamic references are still text, secrets never stand here. */
  readonly properties: Json;
  readonly attributes: Json;
  /** What the user should know of it: that it, or some of its properties, are only recorded. */
  readonly note?: string;
  readonly metadata?: Json;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  /** Logical ids that it needed: they are removed after it. */
  readonly dependencies: ReadonlySet<string>;
}

export interface StackEvent {
  readonly EventId: string;
  readonly StackId: string;
  readonly StackName: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly Timestamp: Date;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly ResourceProperties?: string;
  readonly ClientRequestToken?: string;
}

export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string;
  readonly ExportName?: string;
}

/** A stack as it was before an update. */
export interface RollbackPoint {
  readonly definition: StackDefinition;
  readonly resources: ReadonlyMap<string, StackResource>;
  /** Physical resources that the failed update made, still to be removed. */
  readonly leftovers: StackResource[];
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** A stack and its history. Resources are values: an operation replaces them, so that a snapshot is a copy of the map. */
export class Stack {
  readonly resources = new Map<string, StackResource>();
  readonly events: StackEvent[] = [];
  /** Values that events must not show. */
  readonly secrets = new Set<string>();
  outputs: readonly StackOutput[] = [];
  imports: ReadonlySet<string> = new Set();
  definition?: StackDefinition;
  /** What a failed update left to roll back to. */
  rollbackPoint?: RollbackPoint;
  status = 'REVIEW_IN_PROGRESS';
  statusReason?: string;
  disableRollback = false;
  terminationProtection = false;
  timeoutInMinutes?: number;
  parentId?: string;
  rootId?: string;
  changeSetId?: string;
  clientRequestToken?: string;
  lastUpdatedTime?: Date;
  deletionTime?: Date;

  constructor(readonly name: string, readonly id: string, readonly creationTime: Date, private readonly newId: () => string) {}

  place(base: Pick<StackPlace, 'region' | 'accountId' | 'partition'>, definition: StackDefinition): StackPlace {
    return { ...base, stackName: this.name, stackId: this.id, notificationArns: definition.notificationArns };
  }

  get isBusy(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  get isDeleted(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  setStatus(status: string, now: Date, reason?: string): void {
    this.status = status;
    this.statusReason = reason;
    this.record({
      LogicalResourceId: this.name, PhysicalResourceId: this.id, ResourceType: STACK_TYPE, ResourceStatus: status, ResourceStatusReason: reason,
    }, now);
  }

  setResource(resource: StackResource): void {
    this.resources.set(resource.logicalId, resource);
    this.recordResource(resource);
  }

  recordResource(resource: StackResource): void {
    this.record({
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId: resource.physicalId ?? '',
      ResourceType: resource.type,
      ResourceStatus: resource.status,
      ResourceStatusReason: resource.statusReason,
      ResourceProperties: this.masked(resource.properties),
    }, resource.timestamp);
  }

  private masked(properties: Json): string {
    return [...this.secrets].filter(Boolean).reduce((text, secret) => text.replaceAll(JSON.stringify(secret).slice(1, -1), '****'), JSON.stringify(properties));
  }

  private record(event: Omit<StackEvent, 'EventId' | 'StackId' | 'StackName' | 'Timestamp'>, now: Date): void {
    const suffix = event.ResourceType === STACK_TYPE ? this.newId() : `${event.LogicalResourceId}-${event.ResourceStatus}-${now.toISOString()}`;
    this.events.push({ EventId: suffix, StackId: this.id, StackName: this.name, Timestamp: now, ...event, ClientRequestToken: this.clientRequestToken });
  }
}
