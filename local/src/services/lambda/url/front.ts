import { mayCall } from './access';
import { corsHeaders, preflight } from './cors';
import { eventOf } from './event';
import { arnOf, findUrl, type FoundUrl, type UrlRequest, type UrlResponse } from './function-url';
import { FORBIDDEN, refusal, responseOf } from './response';
import type { EngineCore } from '../../../core/engine';
import { uuids } from '../../../core/random';
import { type Caller, ServiceError } from '../../../core/service';
import type { FunctionStore } from '../function-store';
import type { Invoker } from '../invocation';

/** Of a whole event, and of a body by itself. */
export const MAX_REQUEST = 6 * 1024 * 1024;

export const TOO_LARGE = refusal(413, `Request must be smaller than ${MAX_REQUEST} bytes for the InvokeFunction operation`, 'RequestTooLargeException');

/** What stands before a function at its URL: rules for browsers, access, and HTTP made an event and a result made HTTP. */
export class UrlFront {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore, private readonly invoker: Invoker) {
    this.uuid = uuids(core, 'lambda-url-requests');
  }

  /** `caller`: who has signed the request, if anybody. */
  async answer(id: string, request: UrlRequest, caller: Caller | undefined): Promise<UrlResponse> {
    const requestId = this.uuid();
    const response = await this.respond(id, request, caller, requestId);
    return { ...response, headers: { ...response.headers, 'x-amzn-RequestId': requestId } };
  }

  private async respond(id: string, request: UrlRequest, caller: Caller | undefined, requestId: string): Promise<UrlResponse> {
    const found = findUrl(this.store, id);
    if (!found) return refusal(404, null, 'ResourceNotFoundException');
    const { cors, authType } = found.url;
    const asked = preflight(cors, request);
    if (asked) return asked;
    if (!await mayCall(this.core, this.store, found, caller)) return refusal(403, FORBIDDEN, 'AccessDeniedException');
    if (!isDecodable(request.path)) return refusal(400, null, 'BadRequestException');
    const response = await this.invoke(found, request, authType === 'AWS_IAM' ? caller : undefined, requestId);
    return { ...response, headers: { ...response.headers, ...corsHeaders(cors, request) } };
  }

  private async invoke(found: FoundUrl, request: UrlRequest, caller: Caller | undefined, requestId: string): Promise<UrlResponse> {
    const now = this.core.clock.now();
    const traceId = this.invoker.traceId(now);
    const payload = JSON.stringify(eventOf(request, { settings: this.core.settings, url: found.url, caller, requestId, traceId, now: Math.floor(now) }));
    if (Buffer.byteLength(payload) > MAX_REQUEST) return TOO_LARGE;
    try {
      return responseOf(await this.invoker.run(this.store.resolve(arnOf(this.store, found)), { payload, requestId, traceId }));
    } catch (error) {
      if (error instanceof ServiceError) return refusal(error.statusCode, error.message, error.code);
      throw error;
    }
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
