import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Dispatcher } from './dispatcher';
import { BytesAnswer } from './method';
import { readRequest } from './request';
import { ClockHold } from '../../core/clock-hold';
import type { LocalCore } from '../../core/engine-core';
import { ServiceError } from '../../core/service';
import { NO_SCHEMAS } from '../../server/no-schemas';
import { errorBody } from '../errors';

const HOST = '127.0.0.1';

/**
 * Real milliseconds that time keeps still after an answer. A client's script makes its calls one after the other; without this, the
 * simulated people would have finished a job before the script's next line looks at it.
 */
const LINGER = 200;

export interface SuperviselyServerProps {
  readonly core: LocalCore;
  readonly dispatcher: Dispatcher;
  readonly logIn: (form: Readonly<Record<string, string>>) => object;
  readonly onError: (error: unknown) => void;
}

/** The server at its own address, since clients put `/public/api/v3/` behind it. */
export class SuperviselyServer {
  static async start({ core, dispatcher, logIn, onError }: SuperviselyServerProps): Promise<SuperviselyServer> {
    const app = fastify({
      forceCloseConnections: true, keepAliveTimeout: 300_000, exposeHeadRoutes: false, routerOptions: { maxParamLength: 500 }, ...NO_SCHEMAS,
    });
    app.removeAllContentTypeParsers();
    // methods take any content type, and a body with GET too
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all('/public/api/v3/:method', async (request, reply) => {
      const hold = new ClockHold(core.clock);
      reply.raw.once('close', () => { setTimeout(() => hold.release(), LINGER).unref(); });
      const { method } = request.params as { method: string };
      await answer(reply, () => dispatcher.run(method, request, hold), onError);
    });
    // clients look whether anybody is there before they log in
    app.get('/', async (_request, reply) => answer(reply, () => ({ success: true }), onError));
    app.post('/api/account', async (request, reply) => {
      await answer(reply, async () => logIn(formOf(await readRequest(request))), onError);
    });
    app.setNotFoundHandler(async (request, reply) =>
      answer(reply, () => { throw new ServiceError('Not Found', `there is nothing at ${request.method} ${request.url}`, 404); }, onError));
    await app.listen({ host: HOST, port: 0 });
    return new SuperviselyServer(app, `http://${HOST}:${(app.server.address() as { port: number }).port}`);
  }

  private constructor(private readonly app: FastifyInstance, readonly address: string) {}

  async stop(): Promise<void> {
    await this.app.close();
  }
}

async function answer(reply: FastifyReply, run: () => unknown, onError: (error: unknown) => void): Promise<void> {
  try {
    const result = await run();
    if (result instanceof BytesAnswer) await reply.type(result.contentType).send(result.bytes);
    else await reply.type('application/json; charset=utf-8').send(JSON.stringify(result ?? {}));
  } catch (error) {
    if (!(error instanceof ServiceError)) onError(error);
    const failure = error instanceof ServiceError ? error : new ServiceError('Internal Server Error', `the local engine failed: ${String(error)}`, 500);
    const wait = failure.members.retryAfterSeconds;
    if (wait !== undefined) reply.header('retry-after', String(wait));
    await reply.code(failure.statusCode).type('application/json; charset=utf-8').send(JSON.stringify(errorBody(failure)));
  }
}

function formOf({ input, parts }: Awaited<ReturnType<typeof readRequest>>): Record<string, string> {
  return parts.length > 0 ? Object.fromEntries(parts.map(({ name, content }) => [name, content.toString()])) : { ...input as Record<string, string> };
}
