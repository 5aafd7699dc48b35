/** The events of CDK's provider framework, as far as the handlers use them. `ResponseURL` is a secret and is never named here. */
interface RequestBase<Properties> {
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: Properties;
}

export interface CreateRequest<Properties> extends RequestBase<Properties> {
  readonly RequestType: 'Create';
}

export interface UpdateRequest<Properties> extends RequestBase<Properties> {
  readonly RequestType: 'Update';
  readonly PhysicalResourceId: string;
  readonly OldResourceProperties: Properties;
}

export interface DeleteRequest<Properties> extends RequestBase<Properties> {
  readonly RequestType: 'Delete';
  readonly PhysicalResourceId: string;
}

export type OnEventRequest<Properties> = CreateRequest<Properties> | UpdateRequest<Properties> | DeleteRequest<Properties>;

/** What `onEvent` returns; the framework passes every field on to `isComplete`, own ones included. */
export interface OnEventResponse {
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
  /** When this event was first seen: deadlines count from here. */
  readonly StartedAt?: number;
}

export type IsCompleteRequest<Properties> = OnEventRequest<Properties> & {
  readonly PhysicalResourceId: string;
  readonly StartedAt?: number;
};

/** `Data` may be returned only with `IsComplete: true`: the framework fails the resource otherwise. */
export type IsCompleteResponse =
  | { readonly IsComplete: false }
  | { readonly IsComplete: true; readonly Data?: Readonly<Record<string, string>> };

/** The part of Lambda's context that the handlers use. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** `arn:<partition>:cloudformation:<region>:<account>:stack/<name>/<GUID>` */
export function stackGuid(stackId: string): string {
  return stackId.split('/').at(-1)!;
}
