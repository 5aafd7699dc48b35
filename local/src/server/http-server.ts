import fastify, { type FastifyInstance } from 'fastify';
import { AwsHandler } from './aws-handler';
import { addControlRoutes } from '../control/routes';
import type { LocalCore } from '../core/engine-core';
import type { ControlRoute } from '../core/service';

const HOST = '127.0.0.1';

/** One server for every service and, under `/_local/`, for the engine's own controls. */
export class HttpServer {
  static async start(
    core: LocalCore, port: number, onError: (error: unknown) => void, controls: Readonly<Record<string, ControlRoute>> = {},
  ): Promise<HttpServer> {
    const app = fastify({
      forceCloseConnections: true,
      keepAliveTimeout: 300_000,
      exposeHeadRoutes: false,
      rewriteUrl: routeUrl,
      routerOptions: { maxParamLength: 5000 },
    });
    const handler = new AwsHandler(core, onError);
    app.removeAllContentTypeParsers();
    // services read bodies themselves, from the raw request
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.addHook('onRequest', (request, _reply, done) => {
      // clients send any content type, an empty one too, and fastify would judge it; the raw headers keep it
      request.headers = { 'content-type': 'application/octet-stream' };
      done();
    });
    app.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
      url: AWS_ROUTE,
      handler: async (request, reply) => {
        try {
          await handler.handle(request, reply);
        } catch (error) {
          onError(error);
          reply.raw.destroy();
        }
      },
    });
    addControlRoutes(app, core, controls);
    await app.listen({ host: HOST, port });
    const address = app.server.address() as { port: number };
    return new HttpServer(app, `http://${HOST}:${address.port}`);
  }

  private constructor(private readonly app: FastifyInstance, readonly endpoint: string) {}

  async stop(): Promise<void> {
    await this.app.close();
  }
}

const AWS_ROUTE = '/aws';

/** Addresses of services are theirs to read, odd escapes and all: fastify sees one route for them. */
function routeUrl(request: { url?: string }): string {
  return request.url?.startsWith('/_local/') ? request.url : AWS_ROUTE;
}
