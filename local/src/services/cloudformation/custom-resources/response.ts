import { isObject, type Json } from '../template/template';

/** CloudFormation's documented limits of what a custom resource may answer. */
const MAXIMUM_RESPONSE_BYTES = 4096;
const MAXIMUM_ID_BYTES = 1024;

export interface CustomResourceResponse {
  readonly succeeded: boolean;
  readonly physicalId?: string;
  readonly reason?: string;
  readonly data: Json;
  readonly noEcho: boolean;
}

export interface RequestIdentity {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Reads an answer; one that breaks the protocol is a failure that says how. */
export function readResponse(body: Buffer, request: RequestIdentity): CustomResourceResponse {
  if (body.length > MAXIMUM_RESPONSE_BYTES) {
    return failure('Response object is too long.');
  }
  const response = parse(body);
  if (!response) {
    return failure('Invalid response object: it is not a JSON object.');
  }
  const problem = problemOf(response, request);
  const { Status, Reason, PhysicalResourceId, Data, NoEcho } = response;
  if (problem) {
    return { ...failure(problem), physicalId: isId(PhysicalResourceId) ? PhysicalResourceId : undefined };
  }
  return {
    succeeded: Status === 'SUCCESS',
    physicalId: PhysicalResourceId as string,
    reason: Status === 'FAILED' ? `Received response status [FAILED] from custom resource. Message returned: ${String(Reason)} (RequestId: ${request.RequestId})` : undefined,
    data: asText(Data ?? {}) as Json,
    noEcho: NoEcho === true || NoEcho === 'true',
  };
}

function parse(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function problemOf(response: Json, request: RequestIdentity): string | undefined {
  const foreign = (['StackId', 'RequestId', 'LogicalResourceId'] as const).find((member) => response[member] !== request[member]);
  if (foreign) {
    return `Invalid response object: Value of property ${foreign} does not match that of the request`;
  }
  if (response.Status !== 'SUCCESS' && response.Status !== 'FAILED') {
    return 'Invalid response object: Value of property Status must be SUCCESS or FAILED';
  }
  if (!isId(response.PhysicalResourceId)) {
    return 'Invalid PhysicalResourceId';
  }
  if (response.Data !== undefined && response.Data !== null && !isObject(response.Data)) {
    return 'Invalid response object: Value of property Data must be an object';
  }
  return response.Status === 'FAILED' && !response.Reason ? 'Invalid response object: Reason is required when Status is FAILED' : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= MAXIMUM_ID_BYTES;
}

function failure(reason: string): CustomResourceResponse {
  return { succeeded: false, reason, data: {}, noEcho: false };
}

/** CloudFormation passes scalars on as text, to custom resources and from them; nothing passes null. */
export function asText(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((member) => member !== null).map(asText);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined).map(([key, inner]) => [key, asText(inner)]))
    : String(value);
}
