import type { ServiceModel } from './model';
import type { Bytes } from '../core/bytes';
import type { ServiceError } from '../core/service';

/** A request as it came, the body read (and decoded, where its transfer form says so). */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body?: Bytes | string;
}

/** What an error answer says besides the error itself. */
export interface ErrorContext {
  readonly requestId: string;
  readonly operation?: string;
  readonly request: WireRequest;
}

/** One of the services' wire forms, driven by the service's model. */
export interface Protocol {
  /** The operation asked for: a served or an absent one, or a name that the service does not know; undefined when there is no telling. */
  operation(model: ServiceModel, request: WireRequest): string | undefined;
  parse(model: ServiceModel, operation: string, request: WireRequest): Record<string, unknown>;
  respond(model: ServiceModel, operation: string, output: Record<string, unknown>, requestId: string): WireResponse;
  error(model: ServiceModel, error: ServiceError, context: ErrorContext): WireResponse;
}
