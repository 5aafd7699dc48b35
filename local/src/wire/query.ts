import { wireError } from './errors';
import { type Member, type ServiceModel, type Shape, structure } from './model';
import type { ErrorContext, Protocol, WireRequest, WireResponse } from './protocol';
import { scalarFromText } from './scalars';
import { memberElement, textElement, writeXmlMembers } from './xml-writer';
import { toBuffer } from '../core/bytes';
import { ServiceError } from '../core/service';

/** The query protocol: a form with the operation as `Action`, answered in XML. */
export const queryProtocol: Protocol = {
  operation: (_model: ServiceModel, request: WireRequest) => formOf(request).get('Action') ?? undefined,

  parse(model, operation, request) {
    const form = formOf(request);
    const input = structure(model, model.operations[operation].input);
    if (input.members?.QueueUrl && !form.has('QueueUrl') && request.path.length > 1) form.set('QueueUrl', queueUrl(request));
    return readStructure(model, input, tree(form));
  },

  respond(model, operation, output, requestId) {
    const { output: shape, resultWrapper } = model.operations[operation];
    const members = writeXmlMembers(model, structure(model, shape), output);
    const result = shape ? `<${resultWrapper ?? `${operation}Result`}>${members}</${resultWrapper ?? `${operation}Result`}>` : '';
    return answer(200, element(model, `${operation}Response`,
      `${result}<ResponseMetadata>${textElement('RequestId', requestId)}</ResponseMetadata>`), requestId);
  },

  error(model: ServiceModel, error: ServiceError, { requestId }: ErrorContext): WireResponse {
    const { code, statusCode } = wireError(model, error);
    const type = textElement('Type', statusCode < 500 ? 'Sender' : 'Receiver');
    const body = `<Error>${type}${textElement('Code', code)}${textElement('Message', error.message)}</Error>`;
    return answer(statusCode, element(model, 'ErrorResponse', body + textElement('RequestId', requestId)), requestId);
  },
};

/** Parameters of the body, or of the address (both forms are the protocol's). */
export function formOf(request: WireRequest): URLSearchParams {
  const form = new URLSearchParams(request.query);
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(toBuffer(request.body).toString('utf8'))) form.append(name, value);
  }
  return form;
}

function queueUrl(request: WireRequest): string {
  return `http://${request.headers.host}${request.path}`;
}

interface Branch {
  value?: string;
  readonly children: Record<string, Branch>;
}

/** Without a prototype: parameter names are the client's. */
function emptyBranch(): Branch {
  return { children: Object.create(null) as Record<string, Branch> };
}

/** `Tags.member.1.Key=x` as a tree. */
function tree(form: URLSearchParams): Branch {
  const root = emptyBranch();
  for (const [name, value] of form) {
    let branch = root;
    for (const part of name.split('.')) branch = branch.children[part] ??= emptyBranch();
    branch.value = value;
  }
  return root;
}

function readStructure(model: ServiceModel, shape: Shape, branch: Branch): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const child = branch.children[memberElement(model, name, member)];
    if (child) result[name] = readMember(model, member, child);
  }
  return result;
}

function readMember(model: ServiceModel, member: Member, branch: Branch): unknown {
  const shape = model.shapes[member.shape];
  switch (shape.type) {
    case 'structure': return readStructure(model, shape, branch);
    case 'list': return numbered(isFlat(member, shape) ? branch : branch.children[shape.member!.locationName ?? 'member'])
      .map((item) => readMember(model, shape.member!, item));
    case 'map': return readMap(model, member, shape, branch);
    default: return scalarFromText(shape, branch.value ?? '');
  }
}

function readMap(model: ServiceModel, member: Member, shape: Shape, branch: Branch): Record<string, unknown> {
  const { key, value } = shape;
  return Object.fromEntries(numbered(isFlat(member, shape) ? branch : branch.children.entry).map((entry) => [
    entry.children[key!.locationName ?? 'key']?.value ?? '',
    readMember(model, value!, entry.children[value!.locationName ?? 'value'] ?? emptyBranch()),
  ]));
}

function isFlat(member: Member, shape: Shape): boolean {
  return Boolean(member.flattened || shape.flattened);
}

function numbered(branch: Branch | undefined): Branch[] {
  return Object.entries(branch?.children ?? {}).filter(([name]) => /^\d+$/.test(name))
    .sort(([left], [right]) => Number(left) - Number(right)).map(([, child]) => child);
}

function element(model: ServiceModel, name: string, body: string): string {
  return `<${name} xmlns="${model.metadata.xmlNamespace}">${body}</${name}>`;
}

function answer(statusCode: number, body: string, requestId: string): WireResponse {
  return { statusCode, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
