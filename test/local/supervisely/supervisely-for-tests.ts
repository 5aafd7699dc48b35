import type { EngineOptions } from '../../../local/src/engine';
import { startEngine, type TestEngine } from '../engine-for-tests';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what they ask for
  readonly body: any;
}

interface CallOptions {
  readonly verb?: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An engine and a client of its Supervisely server, with nothing between the test and the wire. */
export interface TestSupervisely {
  readonly engine: TestEngine;
  call(method: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** A call that must succeed: its answer. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what they ask for
  ok(method: string, body?: unknown, options?: CallOptions): Promise<any>;
  /** A call that must be refused: status and text. */
  refused(method: string, body?: unknown, options?: CallOptions): Promise<string>;
  stop(): Promise<void>;
}

export async function startSupervisely(options: EngineOptions = {}): Promise<TestSupervisely> {
  const engine = await startEngine({ superviselyFixture: 'tutorial', annotators: 'off', ...options });
  const { address, token: ownToken } = engine.supervisely;
  const call = async (method: string, body: unknown = {}, { verb = 'POST', token = ownToken, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const url = `${address}/public/api/v3/${method}`;
    const all = { 'content-type': 'application/json', ...(token !== null && { 'x-api-key': token }), ...headers };
    return verb === 'GET' ? getWithBody(url, all, JSON.stringify(body)) : read(await fetch(url, { method: verb, headers: all, body: JSON.stringify(body) }));
  };
  return {
    engine,
    call,
    async ok(method, body, others) {
      const { status, body: answer } = await call(method, body, others);
      if (status !== 200) throw new Error(`${method} answered ${status}: ${JSON.stringify(answer)}`);
      return answer;
    },
    async refused(method, body, others) {
      const { status, body: answer } = await call(method, body, others);
      if (status === 200) throw new Error(`${method} was not refused: ${JSON.stringify(answer)}`);
      return `${status} ${answer.details.message}`;
    },
    stop: () => engine.stop(),
  };
}

async function read(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, body: await response.json() as unknown };
}

/** `fetch` refuses what the API documents: GET with a body. */
async function getWithBody(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'GET', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const answer = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]));
        resolve({ status: incoming.statusCode!, headers: answer, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown });
      });
    });
    outgoing.on('error', reject).end(body);
  });
}

/** The tutorial's two labelers, in the team: their ids. */
export async function addLabelers({ ok }: TestSupervisely, logins = ['labeler_1', 'labeler_2']): Promise<number[]> {
  const ids: number[] = [];
  for (const login of logins) {
    const { userId } = await ok('users.add', { login, password: '11111abc', isRestricted: true });
    await ok('members.add', { login, teamId: 8, roleId: 3 });
    ids.push(userId as number);
  }
  return ids;
}

/** What a user's own calls carry. */
export async function tokenOf({ engine }: TestSupervisely, login: string, password = '11111abc'): Promise<string> {
  const response = await fetch(`${engine.supervisely.address}/api/account`, { method: 'POST', body: new URLSearchParams({ login, password }) });
  const { token } = await response.json() as { token: string };
  return (JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8')) as { apiToken: string }).apiToken;
}
