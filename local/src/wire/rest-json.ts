import { messageMember, wireError } from './errors';
import { fromJson, readMembers, toJson, writeMembers } from './json-values';
import { type ServiceModel, structure } from './model';
import type { Protocol } from './protocol';
import { parseRest, respondRest, type RestBody } from './rest';
import { matchRoute } from './rest-routes';
import { ServiceError } from '../core/service';

const jsonBody: RestBody = {
  parse(model, shape, text, payload) {
    let value: object;
    try {
      value = JSON.parse(text) as object;
    } catch {
      throw new ServiceError('InvalidRequestContentException', 'Could not parse request body into json');
    }
    return payload ? { [payload[0]]: fromJson(model, payload[1].shape, value) } : bodyMembers(model, shape, value);
  },

  write(model, operation, output) {
    const { output: name, http } = model.operations[operation];
    const shape = structure(model, name);
    if (!name || http.responseCode === 204) return undefined;
    const payload = shape.payload && shape.members![shape.payload];
    const value = payload ? toJson(model, model.shapes[payload.shape], output[shape.payload!]) : writeMembers(model, shape, output);
    return { contentType: 'application/json', text: JSON.stringify(value) };
  },
};

function bodyMembers(model: ServiceModel, shape: ReturnType<typeof structure>, value: object): Record<string, unknown> {
  const members = Object.fromEntries(Object.entries(shape.members ?? {}).filter(([, { location }]) => !location));
  return readMembers(model, { ...shape, members }, value);
}

export const restJsonProtocol: Protocol = {
  operation: (model, request) => matchRoute(model, request)?.operation,

  parse: (model, operation, request) => parseRest(model, operation, request, jsonBody),

  respond(model, operation, output, requestId) {
    const response = respondRest(model, operation, output, jsonBody);
    response.headers['x-amzn-requestid'] = requestId;
    return response;
  },

  error(model, error, { requestId }) {
    const { name, statusCode, shape } = wireError(model, error);
    const type = shape?.members?.Type ? { Type: statusCode < 500 ? 'User' : 'Service' } : {};
    const body = { ...type, [messageMember(shape, 'message')]: error.message, ...error.members };
    return {
      statusCode,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, 'x-amzn-requestid': requestId },
      body: JSON.stringify(body),
    };
  },
};
