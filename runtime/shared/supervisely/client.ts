import { NoValidToken, reasonIn, SuperviselyBusy, SuperviselyError } from './errors';
import { type Failure, failureOf, retryAfterMs } from './transport-failures';
import { RETRIED_STATUSES } from '../../../src/model/supervisely/limits';
import type { ConnectionInput } from '../../../src/supervisely/private/connection-contract';
import { UserError } from '../errors';
import { log } from '../log';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientPorts {
  readonly fetch: Fetch;
  /** The token, which this client asks for once. */
  readonly token: () => Promise<string>;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Tries of a call within one invocation; the next poll tries again. */
const TRIES = 6;
const LONGEST_PAUSE_MS = 8_000;
/** What must be left of an invocation's time after a pause: the end of a request, and a word about it. */
const LEAST_TIME_MS = 10_000;

export type Body = Readonly<Record<string, unknown>>;

/** What a call sends: JSON, or a form with files. */
export type Payload = Body | readonly string[] | FormData;

/** What the lookups need of a client; tests put a server in memory in its place. */
export interface Caller {
  readonly serverUrl: string;
  /** Calls a method of the API. It is repeated where that may help, except where a second call could make a second thing. */
  call<Answer>(method: string, body: Payload, how?: { readonly once?: boolean }): Promise<Answer>;
}

/** A client that gets files too. */
export interface Downloader extends Caller {
  /** The bytes with which a method answers. */
  download(method: string, body: Body): Promise<Uint8Array>;
}

/** Supervisely's public API: `POST <server>/public/api/v3/<method>` with JSON in, and JSON or a file out. */
export class SuperviselyClient implements Downloader {
  readonly serverUrl: string;
  private token: Promise<string> | undefined;

  constructor(private readonly connection: ConnectionInput, private readonly ports: ClientPorts) {
    this.serverUrl = connection.serverUrl;
    const url = URL.canParse(this.serverUrl) ? new URL(this.serverUrl) : undefined;
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && connection.allowPlainHttp)) return;
    throw new UserError(url?.protocol === 'http:'
      ? `${this.serverUrl} would get the API token in the clear: use https://, or set "allowPlainHttp" for a server in the same network`
      : `the server's address must be like https://app.supervisely.com, got ${JSON.stringify(this.serverUrl)}`);
  }

  async call<Answer>(method: string, body: Payload, { once = false }: { readonly once?: boolean } = {}): Promise<Answer> {
    return parse(method, (await this.answer(method, body, once)).toString('utf8')) as Answer;
  }

  download(method: string, body: Body): Promise<Uint8Array> {
    return this.answer(method, body, false);
  }

  private async answer(method: string, body: Payload, once: boolean): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.post(method, body);
      } catch (error) {
        if (!(error instanceof SuperviselyBusy) || once || attempt === TRIES) throw error;
        const pause = Math.max(Math.min(2 ** (attempt - 1) * 1000, LONGEST_PAUSE_MS), error.retryAfterMs ?? 0);
        if (this.ports.remaining() < pause + LEAST_TIME_MS) throw error;
        log('the Supervisely server is asked again', { method, reason: error.message, pause });
        await this.ports.sleep(pause);
      }
    }
  }

  private async post(method: string, body: Payload): Promise<Buffer> {
    const token = await (this.token ??= this.ports.token());
    const { status, content, retryAfter } = await this.send(method, body, token);
    if (status === 200) return content;
    const reason = reasonIn(content.toString('utf8')).replaceAll(token, '***');
    if (isRepeated(status, reason)) throw new SuperviselyBusy(method, `${reason} (HTTP ${status})`, retryAfterMs(retryAfter));
    if (status === 401) throw new NoValidToken(`${this.serverUrl} does not accept the API token of the secret ${this.connection.secretArn}: put a valid one into it`);
    if (status >= 300 && status < 400) {
      throw new UserError(`${this.serverUrl} redirects ${method} elsewhere, and the API token must not go along: give the address to which it redirects`);
    }
    throw new SuperviselyError(method, status, reason);
  }

  private async send(method: string, body: Payload, token: string): Promise<{ status: number; content: Buffer; retryAfter: string | null }> {
    const time = Math.min(this.connection.requestTimeoutSeconds * 1000, Math.max(this.ports.remaining() - LEAST_TIME_MS / 2, 1000));
    try {
      const response = await this.ports.fetch(`${this.serverUrl}/public/api/v3/${method}`, {
        method: 'POST',
        // a form says its own type, with the border between its parts
        headers: { ...!(body instanceof FormData) && { 'content-type': 'application/json' }, 'x-api-key': token },
        body: body instanceof FormData ? body : JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(time),
      });
      return { status: response.status, content: Buffer.from(await response.arrayBuffer()), retryAfter: response.headers.get('retry-after') };
    } catch (error) {
      throw this.unreachable(method, failureOf(error, time));
    }
  }

  private unreachable(method: string, { passes, reason }: Failure): Error {
    const message = `${this.serverUrl} cannot be reached: ${reason}`;
    return passes ? new SuperviselyBusy(method, message) : new UserError(message);
  }
}

/** The server's agents, which do its work, come back by themselves. */
function isRepeated(status: number, reason: string): boolean {
  return RETRIED_STATUSES.includes(status) || (status === 400 && /AgentConnected|AgentPing/.test(reason));
}

function parse(method: string, text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${method}: the answer is no JSON, so the address is hardly that of a Supervisely server; it begins with ${JSON.stringify(text.slice(0, 60))}`);
  }
}
