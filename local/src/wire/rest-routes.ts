import type { HttpBinding, ServiceModel } from './model';
import type { WireRequest } from './protocol';
import { ServiceError } from '../core/service';

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  readonly query: ReadonlyArray<[name: string, value: string]>;
  readonly requires: readonly string[];
  /** The more a route demands, the sooner it is tried. */
  readonly weight: number;
}

export interface RouteMatch {
  readonly operation: string;
  readonly labels: Readonly<Record<string, string>>;
}

const routes = new Map<ServiceModel, ReadonlyMap<string, readonly Route[]>>();
/** Operation and labels are asked for one after the other. */
const matches = new WeakMap<WireRequest, RouteMatch>();

/** The operation of a REST service: by method, path, literal query parameters, and by what its input requires in query and headers. */
export function matchRoute(model: ServiceModel, request: WireRequest): RouteMatch | undefined {
  const known = matches.get(request);
  if (known) return known;
  for (const route of routesOf(model).get(request.method) ?? []) {
    if (!demandsMet(route, request)) continue;
    const path = route.path.exec(request.path);
    if (!path) continue;
    const match = { operation: route.operation, labels: Object.fromEntries(route.labels.map((label, index) => [label, decode(path[index + 1])])) };
    matches.set(request, match);
    return match;
  }
  return undefined;
}

/** The routes of each method, the most demanding first. */
function routesOf(model: ServiceModel): ReadonlyMap<string, readonly Route[]> {
  let known = routes.get(model);
  if (!known) {
    const bindings = Object.entries(model.operations).map(([name, { http }]): [string, HttpBinding | null] => [name, http]);
    const all = [...bindings, ...Object.entries(model.absent)]
      .flatMap(([name, http]) => http ? [toRoute(name, http)] : [])
      .sort((left, right) => right.weight - left.weight);
    known = new Map([...new Set(all.map(({ method }) => method))].map((method) => [method, all.filter((route) => route.method === method)]));
    routes.set(model, known);
  }
  return known;
}

function toRoute(operation: string, http: HttpBinding): Route {
  const [path, query] = http.requestUri.split('?');
  const labels: string[] = [];
  const pattern = path.replace(/\/$/, '').replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)(\\\+)?\}/g, (_, label: string, greedy?: string) => {
    labels.push(label);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const literals = [...new URLSearchParams(query ?? '')];
  const requires = http.requires ?? [];
  const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{')).length;
  return {
    operation,
    method: http.method,
    path: new RegExp(`^${pattern}${labels.length > 0 && pattern.endsWith('(.+)') ? '' : '/?'}$`),
    labels,
    query: literals,
    requires,
    weight: 100 * literals.length + 10 * requires.length + segments,
  };
}

function demandsMet(route: Route, { query, headers }: WireRequest): boolean {
  // most requests have no query at all, most routes of S3 want one
  if (route.query.length > query.size) return false;
  return route.query.every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value))
    && route.requires.every((name) => name.startsWith('?') ? query.has(name.slice(1)) : headers[name] !== undefined);
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new ServiceError('InvalidURI', 'Couldn\'t parse the specified URI.');
  }
}
