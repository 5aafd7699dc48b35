import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBody } from './body';
import { signature } from './service-router';
import { FileBytes, toBuffer } from '../core/bytes';
import { ClockHold } from '../core/clock-hold';
import type { LocalCore } from '../core/engine-core';
import type { Caller } from '../core/service';
import type { LambdaService } from '../services/lambda';
import { MAX_REQUEST, TOO_LARGE } from '../services/lambda/url/front';
import { URL_PATH, type UrlRequest, type UrlResponse } from '../services/lambda/url/function-url';

export interface FunctionUrlTarget {
  readonly id: string;
  readonly path: string;
  readonly query: string;
}

const HOST = /^([a-z0-9]+)\.lambda-url\.[a-z0-9-]+\.(on\.aws|localhost)(:\d+)?$/i;

/** By its path on this machine, or by the host that it has on AWS: then all of the path is the function's. */
export function functionUrlTarget(address: string, host = ''): FunctionUrlTarget | undefined {
  const [, pathname, query = ''] = /^(?:https?:\/\/[^/?]*)?([^?]*)(?:\?(.*))?$/si.exec(address)!;
  const [, hostId] = HOST.exec(host) ?? [];
  if (hostId !== undefined) return { id: hostId.toLowerCase(), path: pathname || '/', query };
  if (!pathname.startsWith(URL_PATH)) return undefined;
  const [id, ...rest] = pathname.slice(URL_PATH.length).split('/');
  return { id, path: `/${rest.join('/')}`, query };
}

/** HTTP at functions' own addresses. */
export class FunctionUrlHandler {
  constructor(private readonly core: LocalCore) {}

  async handle(incoming: FastifyRequest, reply: FastifyReply): Promise<void> {
    const hold = new ClockHold(this.core.clock);
    reply.raw.once('close', () => hold.release());
    const { id, path: target, query } = functionUrlTarget(incoming.originalUrl, incoming.raw.headers.host)!;
    const body = await this.read(incoming);
    if (body === undefined) return this.send(reply, incoming.method, TOO_LARGE);
    const headers = Object.fromEntries(Object.entries(incoming.raw.headersDistinct).map(([name, values = []]) => [name, values.join(',')]));
    const request: UrlRequest = { method: incoming.method, path: target, query, headers, body, sourceIp: incoming.ip };
    this.send(reply, incoming.method, await this.core.service<LambdaService>('lambda').urlFront.answer(id, request, this.signedBy(request)));
  }

  /** Undefined when it is larger than any event may be. */
  private async read(incoming: FastifyRequest): Promise<Buffer | undefined> {
    const { bytes } = await readBody(incoming.raw, {}, path.join(this.core.settings.workDirectory, 'bodies'));
    const body = bytes.length > MAX_REQUEST ? undefined : toBuffer(bytes);
    if (bytes instanceof FileBytes) fs.rmSync(bytes.path, { force: true });
    return body;
  }

  /** Whoever has signed for Lambda; a signature itself is not judged here, as nowhere in the engine. */
  private signedBy({ headers, query }: UrlRequest): Caller | undefined {
    const { accessKeyId, service } = signature({ headers, query: new URLSearchParams(query) });
    return accessKeyId !== undefined && service === 'lambda' ? this.core.credentials.caller(accessKeyId) : undefined;
  }

  private send(reply: FastifyReply, method: string, { statusCode, headers, body }: UrlResponse): void {
    const hasNoBody = statusCode === 204 || statusCode === 304;
    reply.hijack();
    reply.raw.writeHead(statusCode, {
      ...headers as Record<string, string | string[]>, date: new Date(this.core.clock.now()).toUTCString(), ...(!hasNoBody && { 'content-length': body.length }),
    });
    reply.raw.end(hasNoBody || method === 'HEAD' ? undefined : body);
  }
}
