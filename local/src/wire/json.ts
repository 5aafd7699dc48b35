import { messageMember, wireError } from './errors';
import { fromJson, toJson, writeMembers } from './json-values';
import { type ServiceModel, structure } from './model';
import type { ErrorContext, Protocol, WireRequest, WireResponse } from './protocol';
import { toBuffer } from '../core/bytes';
import { ServiceError } from '../core/service';

/** awsJson 1.0 and 1.1: one path, the operation in a header. */
export const jsonProtocol: Protocol = {
  operation: (_model: ServiceModel, request: WireRequest) => request.headers['x-amz-target']?.split('.').pop(),

  parse(model, operation, request) {
    const { input } = model.operations[operation];
    return input ? fromJson(model, input, parseJson(request)) as Record<string, unknown> : {};
  },

  respond(model, operation, output, requestId) {
    const { output: shape } = model.operations[operation];
    return answer(model, 200, shape ? JSON.stringify(toJson(model, structure(model, shape), output)) : '', requestId);
  },

  error(model: ServiceModel, error: ServiceError, { requestId }: ErrorContext): WireResponse {
    const { name, code, statusCode, shape } = wireError(model, error);
    const body = { __type: errorType(model, name), [messageMember(shape, 'message')]: error.message, ...members(model, error, name) };
    const response = answer(model, statusCode, JSON.stringify(body), requestId);
    response.headers['x-amzn-errortype'] = name;
    if (model.metadata.awsQueryCompatible) response.headers['x-amzn-query-error'] = `${code};${statusCode < 500 ? 'Sender' : 'Receiver'}`;
    return response;
  },
};

export function parseJson(request: WireRequest): object {
  const text = toBuffer(request.body).toString('utf8');
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // answered below, like any other body that is no JSON object
  }
  throw new ServiceError('SerializationException', 'the request body is not a JSON object');
}

/** JSON 1.0 services put their namespace before an error's name. */
function errorType(model: ServiceModel, name: string): string {
  return model.metadata.jsonVersion === '1.0' ? `com.amazonaws.${model.service}#${name}` : name;
}

function members(model: ServiceModel, error: ServiceError, name: string): object {
  const shape = model.shapes[name];
  return shape ? writeMembers(model, shape, { ...error.members }) : error.members;
}

function answer(model: ServiceModel, statusCode: number, body: string, requestId: string): WireResponse {
  return {
    statusCode,
    headers: { 'content-type': `application/x-amz-json-${model.metadata.jsonVersion}`, 'x-amzn-requestid': requestId },
    body,
  };
}
