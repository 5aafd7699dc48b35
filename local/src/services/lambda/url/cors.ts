import type { Cors } from '@aws-sdk/client-lambda';
import type { UrlRequest, UrlResponse } from './function-url';

type Headers = Record<string, string>;

/** The answer to a browser that asks before it calls; the function never hears of it. Undefined for any other request. */
export function preflight(cors: Cors | undefined, { method, headers }: UrlRequest): UrlResponse | undefined {
  if (!cors || method !== 'OPTIONS' || headers.origin === undefined || headers['access-control-request-method'] === undefined) return undefined;
  const origin = originHeaders(cors, headers.origin);
  return { statusCode: 200, headers: origin ? { ...origin, ...allowances(cors) } : {}, body: Buffer.alloc(0) };
}

/** What the answer of a call from another origin gets; it takes the place of what the function says of that. */
export function corsHeaders(cors: Cors | undefined, { headers: { origin } }: UrlRequest): Headers {
  const headers = cors && origin !== undefined ? originHeaders(cors, origin) : undefined;
  return headers ? { ...headers, ...listed('access-control-expose-headers', cors?.ExposeHeaders) } : {};
}

function originHeaders({ AllowOrigins = [], AllowCredentials = false }: Cors, origin: string): Headers | undefined {
  const isOpen = AllowOrigins.includes('*');
  if (!isOpen && !AllowOrigins.includes(origin)) return undefined;
  return {
    'access-control-allow-origin': isOpen && !AllowCredentials ? '*' : origin,
    'vary': 'Origin',
    ...(AllowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}

function allowances({ AllowMethods, AllowHeaders, MaxAge }: Cors): Headers {
  return {
    ...listed('access-control-allow-methods', AllowMethods),
    ...listed('access-control-allow-headers', AllowHeaders),
    ...(MaxAge !== undefined && { 'access-control-max-age': String(MaxAge) }),
  };
}

function listed(name: string, values: readonly string[] | undefined): Headers {
  return values && values.length > 0 ? { [name]: values.join(',') } : {};
}
