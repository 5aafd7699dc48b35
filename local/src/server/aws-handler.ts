import * as path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBody } from './body';
import { answerPreflight, corsHeaders } from './cors';
import { ServiceRouter, signature } from './service-router';
import { pathStyle } from './virtual-host';
import { FileBytes } from '../core/bytes';
import { ClockHold } from '../core/clock-hold';
import { notServed } from '../core/dispatcher';
import type { LocalCore } from '../core/engine-core';
import { type RequestContext, ServiceError } from '../core/service';
import type { CorsRules } from '../services/s3/cors';
import { protocolOf } from '../wire';
import { loadModel, type ServiceModel } from '../wire/model';
import type { Protocol, WireRequest, WireResponse } from '../wire/protocol';
import { textElement } from '../wire/xml-writer';

type Headers = Record<string, string>;

/** Answers what AWS's clients send: reads the request, finds service, protocol and operation, runs it, writes the answer. */
export class AwsHandler {
  private readonly router: ServiceRouter;

  constructor(private readonly core: LocalCore, private readonly onError: (error: unknown) => void) {
    this.router = new ServiceRouter(core.services.keys());
  }

  async handle(incoming: FastifyRequest, reply: FastifyReply): Promise<void> {
    const hold = new ClockHold(this.core.clock);
    reply.raw.once('close', () => hold.release());
    let request: WireRequest;
    try {
      request = await this.read(incoming);
    } catch (error) {
      this.send(reply, incompleteBody(error));
      return;
    }
    const service = this.router.route(request);
    this.send(reply, this.router.has(service) ? await this.answer(service, request, hold.waiting) : unknownService(service, request));
  }

  private send(reply: FastifyReply, { statusCode, headers, body }: WireResponse): void {
    // where there is no content (HEAD), the operation tells its length
    const length = body === undefined ? headers['content-length'] ?? '0' : String(byteLength(body));
    const hasNoBody = statusCode === 204 || statusCode === 304;
    reply.hijack();
    reply.raw.writeHead(statusCode, {
      ...headers, date: new Date(this.core.clock.now()).toUTCString(), ...(!hasNoBody && { 'content-length': length }),
    });
    if (body instanceof FileBytes) body.stream().on('error', () => reply.raw.destroy()).pipe(reply.raw);
    else reply.raw.end(body);
  }

  private async read(incoming: FastifyRequest): Promise<WireRequest> {
    const headers = plainHeaders(incoming.raw.headers);
    const [rawPath, rawQuery = ''] = splitAddress(incoming.originalUrl);
    const { bytes, trailers } = await readBody(incoming.raw, headers, path.join(this.core.settings.workDirectory, 'bodies'));
    return { method: incoming.method, path: rawPath, query: new URLSearchParams(rawQuery), headers: { ...headers, ...trailers }, body: bytes };
  }

  private async answer(service: string, received: WireRequest, waiting: RequestContext['waiting']): Promise<WireResponse> {
    const model = loadModel(service);
    const request = service === 's3' ? { ...received, path: pathStyle(received.headers.host, received.path) } : received;
    const protocol = protocolOf(model, request);
    const caller = this.core.credentials.caller(signature(request).accessKeyId);
    const context = this.core.context(service, '', caller, request.headers, waiting);
    if (service !== 's3') return this.perform(protocol, model, context, request);
    const cors = this.core.service<CorsRules>('s3');
    if (request.method === 'OPTIONS') return answerPreflight(cors, request, context.requestId);
    const response = await this.perform(protocol, model, context, request);
    return { ...response, headers: { ...response.headers, ...corsHeaders(cors, request) } };
  }

  private async perform(protocol: Protocol, model: ServiceModel, context: RequestContext, request: WireRequest): Promise<WireResponse> {
    let operation: string | undefined;
    try {
      operation = protocol.operation(model, request);
      if (operation === undefined) throw notServed(model, operation);
      const asked = operation;
      const output = await this.core.dispatcher.run({ ...context, operation }, () => protocol.parse(model, asked, request), 'wire');
      return protocol.respond(model, operation, output, context.requestId);
    } catch (error) {
      return this.failure(protocol, model, error, { requestId: context.requestId, operation, request });
    }
  }

  private failure(protocol: Protocol, model: ServiceModel, error: unknown, context: Parameters<Protocol['error']>[2]): WireResponse {
    if (error instanceof ServiceError) return protocol.error(model, error, context);
    this.onError(error);
    const message = `the local engine failed in ${model.service}:${context.operation}: ${error instanceof Error ? error.message : String(error)}`;
    return protocol.error(model, new ServiceError(model.service === 's3' ? 'InternalError' : 'InternalFailure', message, 500), context);
  }
}

/** Path and query; a client that takes the engine for its proxy sends the whole address. */
function splitAddress(url: string): [string, string?] {
  const address = url.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = address.indexOf('?');
  return mark < 0 ? [address] : [address.slice(0, mark), address.slice(mark + 1)];
}

function plainHeaders(headers: NodeJS.Dict<string | string[]>): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value ?? '']));
}

/** Framing that ends early or makes no sense, as S3 answers it: no other service has any. */
function incompleteBody(error: unknown): WireResponse {
  const message = error instanceof Error ? error.message : String(error);
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/xml', 'connection': 'close' },
    body: `<Error>${textElement('Code', 'IncompleteBody')}${textElement('Message', message)}</Error>`,
  };
}

/** A service that the engine does not know at all, in the form that most clients understand. */
function unknownService(service: string, request: WireRequest): WireResponse {
  const message = `the local engine does not serve ${service}${request.headers['x-amz-target'] ? `: ${request.headers['x-amz-target']}` : ''}`;
  if (request.headers['x-amz-target']) {
    return { statusCode: 501, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: 'NotImplemented', message }) };
  }
  const xml = `<ErrorResponse><Error>${textElement('Code', 'NotImplemented')}${textElement('Message', message)}</Error></ErrorResponse>`;
  return { statusCode: 501, headers: { 'content-type': 'text/xml' }, body: xml };
}

function byteLength(body: FileBytes | Buffer | string): number {
  if (body instanceof FileBytes) return body.length;
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}
