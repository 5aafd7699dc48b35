import type { FastifyRequest } from 'fastify';
import type { Call } from './method';
import { badRequest } from '../errors';

export interface ReadRequest {
  readonly input: unknown;
  readonly from: 'body' | 'query';
  readonly parts: Call['parts'];
}

/** A request's input: a JSON body (GET has one too), else the query string; forms come as parts. */
export async function readRequest({ raw, query }: FastifyRequest): Promise<ReadRequest> {
  const body = await readAll(raw);
  const type = raw.headers['content-type'] ?? '';
  if (/^multipart\/form-data|^application\/x-www-form-urlencoded/i.test(type)) return { input: {}, from: 'body', parts: await readForm(body, type) };
  if (body.length === 0) return { input: { ...query as object }, from: 'query', parts: [] };
  try {
    return { input: JSON.parse(body.toString('utf8')) as unknown, from: 'body', parts: [] };
  } catch {
    throw badRequest('the body is not JSON');
  }
}

async function readForm(body: Buffer, type: string): Promise<Call['parts']> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return await Promise.all([...form].map(async ([name, value]) =>
      ({ name, content: typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()) })));
  } catch {
    throw badRequest('the body is not a form');
  }
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
