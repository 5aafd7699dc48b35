import { wireError } from './errors';
import { type Member, type ServiceModel, structure } from './model';
import type { ErrorContext, Protocol, WireResponse } from './protocol';
import { parseRest, respondRest, type RestBody } from './rest';
import { matchRoute } from './rest-routes';
import { readXml } from './xml-reader';
import { textElement, writeXml, writeXmlMembers, XML_HEADER } from './xml-writer';
import type { ServiceError } from '../core/service';

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

const xmlBody: RestBody = {
  parse(model, shape, text, payload) {
    if (payload) return { [payload[0]]: readXml(model, payload[1], rootNames(payload[1]), text) };
    const [name] = Object.entries(model.shapes).find(([, candidate]) => candidate === shape)!;
    return readXml(model, { shape: name }, [shape.locationName ?? name], text) as Record<string, unknown>;
  },

  write(model, operation, output) {
    const { output: name, outputRoot } = model.operations[operation];
    const shape = structure(model, name);
    const payload = shape.payload ? shape.members![shape.payload] : undefined;
    const members = Object.entries(shape.members ?? {}).filter(([, { location }]) => !location);
    if (members.length === 0) return undefined;
    if (payload && output[shape.payload!] === undefined) return undefined;
    const text = payload
      ? writeXml(model, namespaced(model, payload), payload.locationName ?? payload.shape, output[shape.payload!])
      : root(model, outputRoot ?? name!, operation === 'GetBucketLocation'
        ? String(output.LocationConstraint ?? '') : writeXmlMembers(model, shape, output));
    return { contentType: 'application/xml', text: XML_HEADER + text };
  },
};

function rootNames(member: Member): string[] {
  return [member.locationName, member.shape].filter((name) => name !== undefined);
}

function namespaced(model: ServiceModel, member: Member): Member {
  return { ...member, xmlNamespace: { uri: model.metadata.xmlNamespace ?? S3_NAMESPACE } };
}

function root(model: ServiceModel, name: string, body: string): string {
  return `<${name} xmlns="${model.metadata.xmlNamespace ?? S3_NAMESPACE}">${body}</${name}>`;
}

export const restXmlProtocol: Protocol = {
  operation: (model, request) => matchRoute(model, request)?.operation,

  parse: (model, operation, request) => parseRest(model, operation, request, xmlBody),

  respond(model, operation, output, requestId) {
    const response = respondRest(model, operation, output, xmlBody);
    // part of an object: its range tells
    const statusCode = output.ContentRange === undefined ? response.statusCode : 206;
    return { ...response, statusCode, headers: { ...response.headers, ...ids(requestId) } };
  },

  error(model: ServiceModel, error: ServiceError, context: ErrorContext): WireResponse {
    const { code, statusCode } = wireError(model, error);
    const { headers = {}, ...members } = error.members as { headers?: Record<string, string> };
    const text = textElement('Code', code) + textElement('Message', error.message)
      + Object.entries(members).map(([name, value]) => textElement(name, String(value))).join('');
    const closing = textElement('RequestId', context.requestId) + textElement('HostId', hostId(context.requestId));
    // S3's errors stand alone; every other service of this protocol wraps them
    const body = model.service === 's3' ? `<Error>${text}${closing}</Error>` : `<ErrorResponse><Error>${text}</Error>${closing}</ErrorResponse>`;
    const hasBody = context.request.method !== 'HEAD' && statusCode !== 304;
    return {
      statusCode,
      headers: { ...ids(context.requestId), ...headers, ...(hasBody && { 'content-type': 'application/xml' }) },
      ...(hasBody && { body: XML_HEADER + body }),
    };
  },
};

function ids(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) };
}

function hostId(requestId: string): string {
  return Buffer.from(requestId).toString('base64');
}
