import { request } from 'node:http';
import {
  AddPermissionCommand, CreateAliasCommand, CreateFunctionUrlConfigCommand, type CreateFunctionUrlConfigCommandInput, DeleteAliasCommand,
  DeleteFunctionUrlConfigCommand, GetFunctionUrlConfigCommand, GetPolicyCommand, LambdaClient, ListFunctionUrlConfigsCommand, PublishVersionCommand,
  PutFunctionConcurrencyCommand, RemovePermissionCommand, UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { deploy } from './functions-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let client: LambdaClient;

beforeAll(async () => {
  engine = await startEngine();
  client = new LambdaClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

const ECHO = 'exports.handler = async (event, context) => ({ event, requestId: context.awsRequestId, trace: process.env._X_AMZN_TRACE_ID });';

interface Echo {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the event's own form
  readonly event: any;
  readonly requestId: string;
  readonly trace: string;
}

async function allowEverybody(FunctionName: string): Promise<void> {
  await client.send(new AddPermissionCommand({ FunctionName, StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' }));
  await client.send(new AddPermissionCommand({ FunctionName, StatementId: 'function', Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true }));
}

/** A function with an address that anybody may call. */
async function publish(name: string, code: string, settings: Partial<CreateFunctionUrlConfigCommandInput> = {}): Promise<string> {
  await deploy(client, name, code);
  await allowEverybody(name);
  const { FunctionUrl } = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: 'NONE', ...settings }));
  return FunctionUrl!;
}

const returning = (result: string): string => `exports.handler = async () => (${result});`;
const forbidden = { Message: expect.stringMatching(/^Forbidden\. For troubleshooting Function URL authorization issues/) };

describe('the configuration', () => {
  test('is made, read, changed, listed and deleted', async () => {
    const arn = await deploy(client, 'configured', ECHO);
    const FunctionName = 'configured';
    const Cors = { AllowOrigins: ['https://example.com'], AllowMethods: ['GET'], MaxAge: 60 };
    const created = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', Cors }));
    expect(created).toMatchObject({ $metadata: { httpStatusCode: 201 }, FunctionArn: arn, AuthType: 'NONE', Cors, InvokeMode: 'BUFFERED' });
    expect(created.FunctionUrl).toMatch(new RegExp(`^${engine.endpoint}/_local/function-urls/[a-z0-9]{32}/$`));
    expect(new Date(created.CreationTime!).getTime()).not.toBeNaN();

    await expect(client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' })))
      .rejects.toMatchObject({ name: 'ResourceConflictException', message: expect.stringContaining('FunctionUrlConfig exists for this Lambda function') });

    const updated = await client.send(new UpdateFunctionUrlConfigCommand({ FunctionName, AuthType: 'AWS_IAM' }));
    expect(updated).toMatchObject({ AuthType: 'AWS_IAM', Cors, FunctionUrl: created.FunctionUrl, CreationTime: created.CreationTime });
    await client.send(new UpdateFunctionUrlConfigCommand({ FunctionName, Cors: {} }));
    expect((await client.send(new GetFunctionUrlConfigCommand({ FunctionName: arn }))).Cors).toBeUndefined();

    await client.send(new PublishVersionCommand({ FunctionName }));
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    const alias = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live', AuthType: 'NONE' }));
    expect(alias.FunctionArn).toBe(`${arn}:live`);
    const listed = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName, MaxItems: 1 }));
    const rest = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName, Marker: listed.NextMarker }));
    expect([...listed.FunctionUrlConfigs!, ...rest.FunctionUrlConfigs!].map(({ FunctionArn }) => FunctionArn)).toEqual([arn, `${arn}:live`]);

    await client.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    expect((await fetch(alias.FunctionUrl!)).status).toBe(404);
    await client.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    await expect(client.send(new GetFunctionUrlConfigCommand({ FunctionName }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await (await fetch(created.FunctionUrl!)).json()).toEqual({ Message: null });
  });

  test.each<[string, Partial<CreateFunctionUrlConfigCommandInput>, object]>([
    ['a function that is not there', { FunctionName: 'nowhere' }, { name: 'ResourceNotFoundException' }],
    ['an alias that is not there', { Qualifier: 'dead' }, { name: 'ResourceNotFoundException' }],
    ['a streamed answer', { InvokeMode: 'RESPONSE_STREAM' }, { name: 'NotImplemented', message: expect.stringContaining('RESPONSE_STREAM') }],
    ['a method that may not be named', { Cors: { AllowMethods: ['TRACE'] } }, { name: 'InvalidParameterValueException', message: expect.stringContaining('TRACE') }],
    ['an origin with a path', { Cors: { AllowOrigins: ['https://example.com/'] } }, { name: 'InvalidParameterValueException' }],
    ['too long an age', { Cors: { MaxAge: 86_401 } }, { name: 'ValidationException' }],
  ])('is refused for %s', async (what, settings, error) => {
    await deploy(client, `refused-${what.length}`, ECHO).catch(() => undefined);
    await expect(client.send(new CreateFunctionUrlConfigCommand({ FunctionName: `refused-${what.length}`, AuthType: 'NONE', ...settings }))).rejects.toMatchObject(error);
  });
});

describe('the event', () => {
  test('has payload format 2.0', async () => {
    const url = await publish('event', ECHO);
    const [id] = url.split('/').slice(-2);
    const response = await fetch(`${url}my/p%20ath?a=1&a=2&b=x%20y`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Mixed-Case': 'Yes', 'Cookie': 'one=1; two=2', 'User-Agent': 'tests' }, body: '{"grüß":1}',
    });
    const { event, requestId, trace } = await response.json() as Echo;
    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/my/p%20ath',
      rawQueryString: 'a=1&a=2&b=x%20y',
      cookies: ['one=1', 'two=2'],
      headers: expect.objectContaining({ 'x-mixed-case': 'Yes', 'content-type': 'application/json', 'x-forwarded-proto': 'https', 'x-amzn-trace-id': trace }),
      queryStringParameters: { a: '1,2', b: 'x y' },
      requestContext: {
        accountId: 'anonymous',
        apiId: id,
        domainName: `${id}.lambda-url.us-east-1.on.aws`,
        domainPrefix: id,
        http: { method: 'POST', path: '/my/p%20ath', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tests' },
        requestId,
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"grüß":1}',
      isBase64Encoded: false,
    });
    expect(event.headers.host).toBe(event.requestContext.domainName);
    expect(response.headers.get('x-amzn-requestid')).toBe(requestId);
  });

  test.each([
    ['no body at all', undefined, undefined, { isBase64Encoded: false }],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', { body: 'YT1i', isBase64Encoded: true }],
    ['bytes', 'application/octet-stream', Buffer.from([0, 255]), { body: 'AP8=', isBase64Encoded: true }],
    ['text that is no UTF-8', 'text/plain', Buffer.from([0xff]), { body: '/w==', isBase64Encoded: true }],
    ['problem details', 'application/problem+json', '{}', { body: '{}', isBase64Encoded: false }],
  ])('carries %s', async (_what, type, body, expected) => {
    const url = await publish(`body-${_what.length}`, ECHO);
    const { event } = await (await fetch(url, { method: body === undefined ? 'GET' : 'POST', body, ...(type && { headers: { 'content-type': type } }) })).json() as { event: object };
    const { body: got, isBase64Encoded } = event as { body?: string; isBase64Encoded: boolean };
    expect({ ...(got !== undefined && { body: got }), isBase64Encoded }).toEqual(expected);
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('queryStringParameters');
  });

  test('comes by the host that the address has on AWS, too', async () => {
    const [id] = (await publish('by-host', ECHO)).split('/').slice(-2);
    const { hostname, port } = new URL(engine.endpoint);
    const body = await new Promise<string>((resolve, reject) => {
      request({ hostname, port, path: '/a/b?c=d', headers: { host: `${id}.lambda-url.us-east-1.on.aws` } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => resolve(text));
      }).on('error', reject).end();
    });
    expect(JSON.parse(body).event).toMatchObject({ rawPath: '/a/b', rawQueryString: 'c=d' });
  });
});

describe('the response', () => {
  test.each([
    ['text', '"Hello"', 200, { 'content-type': 'application/json', 'content-length': '7' }, '"Hello"'],
    ['an object without a status', '{ message: "Hello" }', 200, { 'content-type': 'application/json' }, '{"message":"Hello"}'],
    ['nothing', 'undefined', 200, { 'content-type': 'application/json' }, 'null'],
    ['a described response', '{ statusCode: 201, headers: { "Content-Type": "text/plain", "X-Own": 7, "Content-Length": "99" }, body: "made" }', 201,
      { 'content-type': 'text/plain', 'x-own': '7', 'content-length': '4' }, 'made'],
    ['a status alone', '{ statusCode: 404 }', 404, { 'content-length': '0', 'content-type': 'application/json' }, ''],
    ['base64', '{ statusCode: 200, isBase64Encoded: true, body: "AP8=", headers: { "content-type": "image/png" } }', 200, { 'content-length': '2' }, undefined],
    ['a body that is no text', '{ statusCode: 200, body: {} }', 502, { 'content-type': 'application/json' }, 'Internal Server Error'],
    ['a status that is none', '{ statusCode: "many" }', 502, {}, 'Internal Server Error'],
    ['a header that cannot be sent', '{ statusCode: 200, headers: { "a b": "c" } }', 502, {}, 'Internal Server Error'],
    ['an error', '(() => { throw new Error("secret") })()', 502, {}, 'Internal Server Error'],
    ['more than 6 MB', '"x".repeat(7_000_000)', 502, {}, 'Internal Server Error'],
  ])('is made of %s', async (what, result, status, headers, body) => {
    const response = await fetch(await publish(`response-${what.replaceAll(/\W/g, '-')}`, returning(result)));
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
    if (body !== undefined) expect(await response.text()).toBe(body);
  });

  test('sets cookies one by one', async () => {
    const response = await fetch(await publish('cookies', returning('{ statusCode: 200, cookies: ["a=1; Secure", "b=2"], body: "" }')));
    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
  });

  test('has no body where HTTP has none', async () => {
    const url = await publish('head', returning('{ statusCode: 200, body: "four" }'));
    const response = await fetch(url, { method: 'HEAD' });
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['4', '']);
  });

  test('tells of requests that reach no function', async () => {
    const url = await publish('guarded', ECHO);
    expect((await fetch(url, { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024) })).status).toBe(413);
    expect((await fetch(url, { method: 'POST', body: Buffer.alloc(7 * 1024 * 1024) })).status).toBe(413);
    expect((await fetch(`${url}%zz`)).status).toBe(400);
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'guarded', ReservedConcurrentExecutions: 0 }));
    expect((await fetch(url)).status).toBe(429);
  });
});

describe('access', () => {
  test('to a public address needs both rights in the resource policy', async () => {
    const url = await publish('public', ECHO);
    expect((await fetch(url)).status).toBe(200);
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'public' }));
    expect(JSON.parse(Policy!).Statement.map(({ Condition }: { Condition: object }) => Condition)).toEqual([
      { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }, { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    ]);
    const remove = (StatementId: string): Promise<unknown> => client.send(new RemovePermissionCommand({ FunctionName: 'public', StatementId }));
    await remove('url');
    const response = await fetch(url);
    expect([response.status, await response.json()]).toEqual([403, forbidden]);
    await remove('function');
    await allowEverybody('public');
    expect((await fetch(url)).status).toBe(200);
    await remove('function');
    expect((await fetch(url)).status).toBe(403);
  });

  test('to an address for those who sign needs a signature', async () => {
    const url = await publish('signed', ECHO, { AuthType: 'AWS_IAM' });
    expect((await fetch(url)).status).toBe(403);
    const authorization = (service: string): string => `AWS4-HMAC-SHA256 Credential=${engine.accessKeyId}/20261101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    expect((await fetch(url, { headers: { authorization: authorization('s3') } })).status).toBe(403);
    const { event } = await (await fetch(url, { headers: { authorization: authorization('lambda') } })).json() as { event: { requestContext: object } };
    expect(event.requestContext).toMatchObject({
      accountId: '123456789012', authorizer: { iam: { accessKey: engine.accessKeyId, userArn: 'arn:aws:iam::123456789012:root', callerId: '123456789012' } },
    });
  });

  test('the members for addresses belong to one right each', async () => {
    await deploy(client, 'members', ECHO);
    const add = (Action: string, members: object): Promise<unknown> => client.send(new AddPermissionCommand({ FunctionName: 'members', StatementId: 's', Principal: '*', Action, ...members }));
    await expect(add('lambda:InvokeFunction', { FunctionUrlAuthType: 'NONE' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(add('lambda:InvokeFunctionUrl', { InvokedViaFunctionUrl: true })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('rules for browsers', () => {
  test('answer the preflight and mark the answers', async () => {
    const code = returning('{ statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://else.where" }, body: "" }');
    const Cors = { AllowOrigins: ['https://example.com'], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['x-own'], ExposeHeaders: ['x-seen'], MaxAge: 60, AllowCredentials: true };
    const url = await publish('cors', code, { Cors });
    const ask = (origin: string): Promise<Response> => fetch(url, { method: 'OPTIONS', headers: { 'origin': origin, 'access-control-request-method': 'PUT' } });
    expect(Object.fromEntries((await ask('https://example.com')).headers)).toMatchObject({
      'access-control-allow-origin': 'https://example.com', 'access-control-allow-methods': 'GET,PUT', 'access-control-allow-headers': 'x-own',
      'access-control-max-age': '60', 'access-control-allow-credentials': 'true',
    });
    expect((await ask('https://example.org')).headers.get('access-control-allow-origin')).toBeNull();
    const { headers } = await fetch(url, { headers: { origin: 'https://example.com' } });
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-expose-headers')]).toEqual(['https://example.com', 'x-seen']);
  });

  test('leave OPTIONS to the function where there are none', async () => {
    const url = await publish('no-cors', returning('{ statusCode: 204 }'));
    expect((await fetch(url, { method: 'OPTIONS', headers: { 'origin': 'https://example.com', 'access-control-request-method': 'PUT' } })).status).toBe(204);
  });
});
