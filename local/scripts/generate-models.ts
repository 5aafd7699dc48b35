import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import { S3_RESPONSE_ROOTS, SQS_QUERY_CODES, SQS_QUERY_ENTRIES, SQS_QUERY_NAMES, SQS_RECEIVED_ATTRIBUTES } from './model-overlays';
import { SERVED_OPERATIONS, servedOperations } from './served-operations';
import type { HttpBinding, ServiceModel, Shape } from '../src/wire/model';

/**
 * `npx tsx local/scripts/generate-models.ts [service…]` writes `local/src/models/<service>.json` from the public service models that
 * botocore ships (Python with boto3 must be there): what the served operations reach, without any text.
 */
const OUTPUT = path.join(__dirname, '..', 'src', 'models');
const PROTOCOLS = ['json', 'query', 'rest-json', 'rest-xml'];
const SHAPE_FACTS = ['type', 'required', 'min', 'max', 'pattern', 'enum', 'flattened', 'locationName', 'payload', 'streaming',
  'timestampFormat', 'xmlNamespace', 'union', 'document', 'exception', 'error'];
const MEMBER_FACTS = ['shape', 'location', 'locationName', 'flattened', 'streaming', 'xmlNamespace', 'xmlAttribute', 'idempotencyToken',
  'timestampFormat', 'jsonvalue'];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- botocore's own JSON
type Raw = Record<string, any>;

function readServiceModel(folder: string, service: string): Raw {
  const versions = fs.readdirSync(path.join(folder, service)).sort();
  const file = path.join(folder, service, versions[versions.length - 1], 'service-2.json');
  return JSON.parse(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : zlib.gunzipSync(fs.readFileSync(`${file}.gz`)).toString());
}

function pick(raw: Raw, facts: string[]): Raw {
  return Object.fromEntries(facts.filter((fact) => raw[fact] !== undefined).map((fact) => [fact, raw[fact]]));
}

function keepShape(raw: Raw): Shape {
  const shape = pick(raw, SHAPE_FACTS);
  if (raw.members) {
    shape.members = Object.fromEntries(Object.entries(raw.members as Raw).map(([name, member]) => [name, pick(member, MEMBER_FACTS)]));
  }
  for (const part of ['member', 'key', 'value']) if (raw[part]) shape[part] = pick(raw[part], MEMBER_FACTS);
  return shape as Shape;
}

function reachable(raw: Raw, roots: string[]): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const shape = raw.shapes[name];
    const members = [...Object.values((shape.members ?? {}) as Raw), shape.member, shape.key, shape.value];
    for (const member of members) if (member) visit(member.shape);
  };
  roots.forEach(visit);
  return [...seen].sort();
}

/** Operations of a REST service may share method and path: what they require in query and headers tells them apart. */
function httpBinding(raw: Raw, operation: Raw): HttpBinding {
  const input = operation.input ? raw.shapes[operation.input.shape] : {};
  const requires = ((input.required ?? []) as string[]).flatMap((name) => {
    const { location, locationName } = input.members[name];
    if (location === 'querystring') return [`?${locationName ?? name}`];
    return location === 'header' ? [(locationName ?? name).toLowerCase()] : [];
  });
  const { method, requestUri, responseCode } = operation.http;
  // the account's header, which every request of S3 Control must have, tells none of them apart
  const isTold = raw.metadata.serviceId !== 'S3 Control' && requires.length > 0;
  return { method, requestUri, ...(responseCode && responseCode !== 200 && { responseCode }), ...(isTold && { requires }) };
}

function keepModel(service: string, raw: Raw): ServiceModel {
  const { metadata } = raw;
  const served = servedOperations(service);
  const missing = served.filter((name) => !raw.operations[name]);
  if (missing.length > 0) throw new Error(`${service} has no operation ${missing.join(', ')}`);

  const operations = Object.fromEntries(served.map((name) => {
    const operation = raw.operations[name];
    return [name, {
      http: httpBinding(raw, operation),
      ...(operation.input && { input: operation.input.shape }),
      ...(operation.output && { output: operation.output.shape }),
      ...(operation.output?.resultWrapper && { resultWrapper: operation.output.resultWrapper }),
      ...(service === 's3' && S3_RESPONSE_ROOTS[name] && { outputRoot: S3_RESPONSE_ROOTS[name] }),
      ...(operation.errors && { errors: operation.errors.map((error: Raw) => error.shape) }),
    }];
  }));
  const roots = Object.values(operations).flatMap((operation) => [operation.input, operation.output, ...(operation.errors ?? [])]);
  const shapes: Record<string, Shape> = {};
  for (const name of reachable(raw, roots.filter((root) => root !== undefined))) shapes[name] = keepShape(raw.shapes[name]);
  if (service === 'sqs') {
    addSqsQueryFacts(shapes);
    correctReceivedAttributes(shapes);
  }

  const isRest = metadata.protocol.startsWith('rest');
  const absent = Object.keys(raw.operations).filter((name) => !served.includes(name)).sort()
    .map((name): [string, HttpBinding | null] => [name, isRest ? httpBinding(raw, raw.operations[name]) : null]);
  return {
    service,
    metadata: {
      apiVersion: metadata.apiVersion,
      protocols: (metadata.protocols ?? [metadata.protocol]).filter((protocol: string) => PROTOCOLS.includes(protocol))
        .concat(service === 'sqs' ? ['query'] : []),
      jsonVersion: metadata.jsonVersion,
      targetPrefix: metadata.targetPrefix,
      signingName: metadata.signingName ?? metadata.endpointPrefix,
      xmlNamespace: service === 'sqs' ? 'http://queue.amazonaws.com/doc/2012-11-05/' : metadata.xmlNamespace,
      serviceId: metadata.serviceId,
      awsQueryCompatible: metadata.awsQueryCompatible ? true : undefined,
    },
    operations,
    absent: Object.fromEntries(absent),
    shapes,
  };
}

/** SQS publishes its JSON protocol alone; its query protocol lives on in older clients. */
function addSqsQueryFacts(shapes: Record<string, Shape>): void {
  for (const [name, queryName] of Object.entries(SQS_QUERY_NAMES)) if (shapes[name]) shapes[name] = { ...shapes[name], queryName };
  for (const [name, [key, value]] of Object.entries(SQS_QUERY_ENTRIES)) {
    const shape = shapes[name];
    shapes[name] = { ...shape, key: { ...shape.key!, locationName: key }, value: { ...shape.value!, locationName: value } };
  }
  for (const [name, code] of Object.entries(SQS_QUERY_CODES)) {
    if (shapes[name]) shapes[name] = { ...shapes[name], error: { ...shapes[name].error, code } };
  }
}

function correctReceivedAttributes(shapes: Record<string, Shape>): void {
  const { operationInput, member, list } = SQS_RECEIVED_ATTRIBUTES;
  const input = shapes[operationInput];
  shapes[operationInput] = { ...input, members: { ...input.members, [member]: { ...input.members![member], shape: list } } };
  shapes[list] = { ...shapes.MessageSystemAttributeList, queryName: SQS_QUERY_NAMES.AttributeNameList };
}

/** One operation or shape a line: a change of one fact is a change of one line. */
function print(model: ServiceModel): string {
  const section = (entries: object): string => Object.entries(entries)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n');
  return [
    '{',
    `  "service": ${JSON.stringify(model.service)},`,
    `  "metadata": ${JSON.stringify(model.metadata)},`,
    `  "operations": {\n${section(model.operations)}\n  },`,
    `  "absent": {\n${section(model.absent)}\n  },`,
    `  "shapes": {\n${section(model.shapes)}\n  }`,
    '}\n',
  ].join('\n');
}

function main(services: string[]): void {
  const folder = execFileSync('python3', ['-c', 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))'],
    { encoding: 'utf8' }).trim();
  fs.mkdirSync(OUTPUT, { recursive: true });
  for (const service of services) fs.writeFileSync(path.join(OUTPUT, `${service}.json`), print(keepModel(service, readServiceModel(folder, service))));
}

main(process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SERVED_OPERATIONS));
