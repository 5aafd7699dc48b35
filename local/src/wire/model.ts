import * as fs from 'node:fs';
import * as path from 'node:path';

/** The public model of a service as `scripts/generate-models.ts` keeps it: facts of the served operations, no texts. */
export interface ServiceModel {
  readonly service: string;
  readonly metadata: ModelMetadata;
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** The service's other operations: known by name (and by path, where that is how they are told apart), not served. */
  readonly absent: Readonly<Record<string, HttpBinding | null>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export type ProtocolName = 'json' | 'query' | 'rest-json' | 'rest-xml';

export interface ModelMetadata {
  readonly apiVersion: string;
  readonly protocols: readonly ProtocolName[];
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  readonly signingName: string;
  readonly xmlNamespace?: string;
  readonly serviceId: string;
  /** Errors carry the code of the former query protocol in a header too. */
  readonly awsQueryCompatible?: boolean;
}

export interface HttpBinding {
  readonly method: string;
  readonly requestUri: string;
  readonly responseCode?: number;
  /** Query parameters (`?name`) and headers without which a request is another operation's. */
  readonly requires?: readonly string[];
}

export interface OperationModel {
  readonly http: HttpBinding;
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
  /** Name of the response's root element where it is not the payload's own. */
  readonly outputRoot?: string;
  readonly errors?: readonly string[];
}

export interface Member {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly streaming?: boolean;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  readonly xmlAttribute?: boolean;
  readonly idempotencyToken?: boolean;
  readonly timestampFormat?: string;
  readonly jsonvalue?: boolean;
}

export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean' | 'timestamp' | 'blob';
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly flattened?: boolean;
  readonly locationName?: string;
  readonly payload?: string;
  readonly streaming?: boolean;
  readonly timestampFormat?: string;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  readonly union?: boolean;
  readonly document?: boolean;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
  /** Element name in the query protocol of a service whose model is that of its JSON protocol. */
  readonly queryName?: string;
}

const MODELS = path.join(__dirname, '..', 'models');
const loaded = new Map<string, ServiceModel>();

/** Models are read when first needed: most runs touch few services. */
export function loadModel(service: string): ServiceModel {
  let model = loaded.get(service);
  if (!model) {
    model = JSON.parse(fs.readFileSync(path.join(MODELS, `${service}.json`), 'utf8')) as ServiceModel;
    loaded.set(service, model);
  }
  return model;
}

export function modelNames(): string[] {
  return fs.readdirSync(MODELS).filter((file) => file.endsWith('.json')).map((file) => path.basename(file, '.json')).sort();
}

/** An operation's input or output; one that has none counts as an empty structure. */
export function structure(model: ServiceModel, name: string | undefined): Shape {
  return name ? model.shapes[name] : EMPTY;
}

const EMPTY: Shape = { type: 'structure', members: {} };
