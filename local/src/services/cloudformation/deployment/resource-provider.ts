import type { StackPlace } from '../template/pseudo-parameters';
import type { Json } from '../template/template';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** One resource as a provider is asked to make, change or remove it. */
export interface ResourceRequest {
  readonly stack: StackPlace;
  readonly logicalId: string;
  readonly type: string;
  /** Resolved and checked; the stack's tags are among them where the type has tags. */
  readonly properties: Json;
  /** `<stack>-<logical id>-<suffix>`, cut to fit: what CloudFormation calls a resource without a name of its own. */
  generatedName(maximumLength?: number): string;
  /** Tells the id as soon as something exists: what fails afterwards is removed by that id. */
  initiated(physicalId: string): void;
  /** Events must not show this value. */
  secret(value: unknown): void;
  /** Aborted when the stack's operation ends without this resource. */
  readonly signal: AbortSignal;
  /** Lets the engine's clock go on while only an answer from outside is waited for. */
  waitFor<T>(answer: Promise<T>): Promise<T>;
}

export interface ExistingResource {
  readonly physicalId: string;
  readonly properties: Json;
}

export interface ResourceResult {
  /** What Ref answers. */
  readonly physicalId: string;
  /** What GetAtt answers. */
  readonly attributes?: Json;
  /** Shown in the resource's event: what the user should know of a resource that is only recorded. */
  readonly note?: string;
}

/** Makes resources of a type. Replacement is the deployment's business: a provider is asked to create, then to delete. */
export interface ResourceProvider {
  create(request: ResourceRequest): Promise<ResourceResult>;
  update(request: ResourceRequest, existing: ExistingResource): Promise<ResourceResult>;
  /** Of what is gone already: succeeds. */
  delete(request: ResourceRequest, physicalId: string): Promise<void>;
  /** Answers from outside: told to Delete even if no id was ever heard of, and rolled back by another Update whatever its last one did. */
  readonly custom?: boolean;
}

/** A resource that failed, where the answer named an id all the same. */
export class ResourceFailure extends Error {
  constructor(message: string, readonly physicalId?: string) {
    super(message);
    this.name = 'ResourceFailure';
  }
}

/** A request that never reached whoever should have made the resource. */
export class RequestUndelivered extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestUndelivered';
  }
}

/** The operation went on without waiting for this resource. */
export class ResourceCancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'ResourceCancelled';
  }
}
