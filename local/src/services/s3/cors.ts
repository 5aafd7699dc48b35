import type { BucketStore } from './bucket-store';

export interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAgeSeconds?: number;
}

export interface CorsRequest {
  readonly bucket: string;
  readonly origin: string;
  readonly method: string;
  /** Headers that a preflight asks for. */
  readonly headers: readonly string[];
}

/** What S3's own object offers to the server, which answers browsers' preflights. */
export interface CorsRules {
  /** Headers to add to an answer; undefined where no rule of the bucket allows the request. */
  corsHeaders(request: CorsRequest): Record<string, string> | undefined;
}

export function corsRules(store: BucketStore): CorsRules {
  return {
    corsHeaders({ bucket, origin, method, headers }) {
      const configuration = store.buckets.get(bucket)?.settings.get('cors') as { CORSRules?: CorsRule[] } | undefined;
      const rule = configuration?.CORSRules?.find(({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
        AllowedMethods.includes(method)
        && AllowedOrigins.some((allowed) => isPattern(allowed, origin))
        && headers.every((header) => AllowedHeaders.some((allowed) => isPattern(allowed.toLowerCase(), header.toLowerCase()))));
      return rule && answer(rule, origin, headers);
    },
  };
}

function isPattern(pattern: string, value: string): boolean {
  const [start, ...end] = pattern.split('*');
  return end.length === 0 ? pattern === value : value.length >= pattern.length - 1 && value.startsWith(start) && value.endsWith(end[0]);
}

function answer(rule: CorsRule, origin: string, headers: readonly string[]): Record<string, string> {
  const { AllowedOrigins, AllowedMethods, ExposeHeaders = [], MaxAgeSeconds } = rule;
  const isOpen = AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isOpen ? '*' : origin,
    'access-control-allow-methods': AllowedMethods.join(', '),
    ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
    ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(', ') }),
    ...(MaxAgeSeconds !== undefined && { 'access-control-max-age': String(MaxAgeSeconds) }),
    ...(!isOpen && { 'access-control-allow-credentials': 'true' }),
    'vary': 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
