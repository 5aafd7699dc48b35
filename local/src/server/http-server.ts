import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AwsHandler } from './aws-handler';
import { FunctionUrlHandler, functionUrlTarget } from './function-url-handler';
import { NO_SCHEMAS } from './no-schemas';
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
      ...NO_SCHEMAS,
    });
    app.removeAllContentTypeParsers();
    // services read bodies themselves, from the raw request
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.addHook('onRequest', (request, _reply, done) => {
      // clients send any content type, an empty one too, and fastify would judge it; the raw headers keep it
      request.headers = { 'content-type': 'application/octet-stream' };
      done();
    });
    const serve = (url: string, handler: Handler) => app.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
      url,
      handler: async (request, reply) => {
        try {
          await handler.handle(request, reply);
        } catch (error) {
          onError(error);
          reply.raw.destroy();
        }
      },
    });
    serve(AWS_ROUTE, new AwsHandler(core, onError));
    serve(FUNCTION_URL_ROUTE, new FunctionUrlHandler(core));
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

interface Handler {
  handle(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const AWS_ROUTE = '/aws';
const FUNCTION_URL_ROUTE = '/function-url';

/** Addresses of services and of functions are theirs to read, odd escapes and all: fastify sees one route for each. */
function routeUrl(request: { readonly url?: string; readonly headers: { readonly host?: string } }): string {
  if (functionUrlTarget(request.url ?? '', request.headers.host)) return FUNCTION_URL_ROUTE;
  return request.url?.startsWith('/_local/') ? request.url : AWS_ROUTE;
}
