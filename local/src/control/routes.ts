import type { FastifyInstance, FastifyReply } from 'fastify';
import { controlClock, readClock } from './clock';
import type { LocalCore } from '../core/engine-core';
import { type ControlRoute, ServiceError } from '../core/service';

const PREFIX = '/_local';

/** The engine's own controls and those of its services, `GET /_local/calls` and the like: JSON in, JSON out. */
export function addControlRoutes(app: FastifyInstance, core: LocalCore, others: Readonly<Record<string, ControlRoute>> = {}): void {
  const own: Record<string, ControlRoute> = {
    'GET /_local/clock': () => readClock(core.clock),
    'POST /_local/clock': (body) => controlClock(core.clock, body),
    'GET /_local/calls': () => core.calls.list(),
    'DELETE /_local/calls': () => core.calls.clear(),
    'GET /_local/faults': () => ({ faults: core.faults.list() }),
    'POST /_local/faults': (body) => core.faults.add(body),
    'DELETE /_local/faults': () => core.faults.clear(),
  };
  const served = [own, others, ...[...core.services.values()].map(({ controlRoutes }) => controlRoutes ?? {})];
  for (const [route, action] of served.flatMap((routes) => Object.entries(routes))) {
    addRoute(app, route, (body, parameters) => action(parseObject(body), parameters));
  }
  for (const { rawRoutes = {} } of core.services.values()) {
    for (const [route, action] of Object.entries(rawRoutes)) addRoute(app, route, action);
  }
  app.all(`${PREFIX}/*`, (request, reply) => refuse(reply, new ServiceError('NotFound', `there is no control ${request.method} ${request.url}`, 404)));
}

function addRoute(app: FastifyInstance, route: string, action: (body: Buffer, parameters: Readonly<Record<string, string>>) => unknown): void {
  const [, method, url] = /^(GET|POST|PUT|DELETE) (\/_local\/.+)$/.exec(route)
    ?? (() => { throw new Error(`a control route is "METHOD ${PREFIX}/path", not "${route}"`); })();
  app.route({
    method,
    url,
    handler: async (request, reply) => {
      try {
        const parameters = { ...request.query as Record<string, string>, ...request.params as Record<string, string> };
        await reply.send(await action(await readAll(request.raw), parameters) ?? {});
      } catch (error) {
        await refuse(reply, error);
      }
    },
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parseObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // answered below, like any other body that is no JSON object
  }
  throw new ServiceError('InvalidBody', 'the body is not a JSON object');
}

async function refuse(reply: FastifyReply, error: unknown): Promise<void> {
  const { code, message, statusCode } = error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error), 500);
  await reply.code(statusCode).send({ code, message });
}
