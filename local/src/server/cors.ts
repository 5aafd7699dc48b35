import type { CorsRules } from '../services/s3/cors';
import type { WireRequest, WireResponse } from '../wire/protocol';

/** A browser's preflight of an S3 request, answered from the bucket's rules. */
export function answerPreflight(rules: CorsRules, request: WireRequest, requestId: string): WireResponse {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': headers } = request.headers;
  if (!origin || !method) {
    return refusal(400, 'BadRequest', 'Insufficient information. Origin request header needed.', requestId);
  }
  const allowed = rules.corsHeaders({ bucket: bucketOf(request), origin, method, headers: (headers ?? '').split(',').map((name) => name.trim()).filter(Boolean) });
  return allowed
    ? { statusCode: 200, headers: { 'x-amz-request-id': requestId, ...allowed } }
    : refusal(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource\'s CORS spec.', requestId);
}

/** What a cross-origin request itself gets besides its answer. */
export function corsHeaders(rules: CorsRules, request: WireRequest): Record<string, string> {
  const { origin } = request.headers;
  return origin ? rules.corsHeaders({ bucket: bucketOf(request), origin, method: request.method, headers: [] }) ?? {} : {};
}

function bucketOf({ path }: WireRequest): string {
  return path.split('/')[1] ?? '';
}

function refusal(statusCode: number, code: string, message: string, requestId: string): WireResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`;
  return { statusCode, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body };
}
