import { domainOf, type FunctionUrl, type UrlRequest } from './function-url';
import type { EngineSettings } from '../../../core/engine';
import type { Caller } from '../../../core/service';

/** Content that goes into the event as it is; what is of another type, or of none, goes as base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface EventFacts {
  readonly settings: EngineSettings;
  readonly url: FunctionUrl;
  /** Who has signed; absent where nobody has to. */
  readonly caller?: Caller;
  readonly requestId: string;
  readonly traceId: string;
  readonly now: number;
}

/** The event that the function gets: payload format 2.0. Members without a value are left out, as AWS leaves them out. */
export function eventOf(request: UrlRequest, facts: EventFacts): object {
  const { path, query } = request;
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim()).filter(Boolean);
  const parameters = parametersOf(query);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(request, facts),
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: contextOf(request, facts),
    ...bodyOf(request),
  };
}

/** What AWS's front adds; it speaks https, which the engine does not. */
function headersOf({ headers, sourceIp }: UrlRequest, { url, settings, traceId }: EventFacts): Record<string, string> {
  const { connection, 'keep-alive': keepAlive, 'transfer-encoding': transferEncoding, ...others } = headers;
  return {
    ...others,
    'host': domainOf(url, settings),
    'x-amzn-trace-id': traceId,
    'x-amzn-tls-version': 'TLSv1.3',
    'x-amzn-tls-cipher-suite': 'TLS_AES_128_GCM_SHA256',
    'x-forwarded-for': headers['x-forwarded-for'] === undefined ? sourceIp : `${headers['x-forwarded-for']}, ${sourceIp}`,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

function contextOf({ method, path, headers, sourceIp }: UrlRequest, { settings, url, caller, requestId, now }: EventFacts): object {
  return {
    accountId: caller ? accountOf(caller) : 'anonymous',
    apiId: url.id,
    ...(caller && { authorizer: { iam: identityOf(caller) } }),
    domainName: domainOf(url, settings),
    domainPrefix: url.id,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
    requestId,
    routeKey: '$default',
    stage: '$default',
    time: timeOf(now),
    timeEpoch: now,
  };
}

function identityOf(caller: Caller): object {
  const callerId = caller.arn.endsWith(':root') ? accountOf(caller) : caller.accessKeyId;
  return {
    accessKey: caller.accessKeyId,
    accountId: accountOf(caller),
    callerId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.arn,
    userId: callerId,
  };
}

const accountOf = ({ arn }: Caller): string => arn.split(':')[4];

/** What came several times is joined by commas. */
function parametersOf(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  return parameters;
}

function bodyOf({ body, headers }: UrlRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = TEXT.test(headers['content-type'] ?? '') ? body.toString('utf8') : undefined;
  // bytes that are no UTF-8 would not come through as text
  return text !== undefined && Buffer.from(text).equals(body)
    ? { body: text, isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

/** `12/Mar/2020:19:03:58 +0000` */
function timeOf(now: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(now).toISOString())!;
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
