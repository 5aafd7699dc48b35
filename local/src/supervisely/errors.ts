import { ServiceError } from '../core/service';

/** Errors in the server's own form: `{"error": <code>, "details": {"message", …}}`. */
export function badRequest(message: string, details: Readonly<Record<string, unknown>> = {}): ServiceError {
  return new ServiceError('Bad Request', message, 400, details);
}

export function unauthorized(message: string): ServiceError {
  return new ServiceError('Unauthorized', message, 401);
}

export function forbidden(message: string): ServiceError {
  return new ServiceError('Forbidden', message, 403);
}

/** Also what a client sees of things that it may not see. */
export function notFound(kind: string, id: number | string): ServiceError {
  return new ServiceError('Not Found', `${kind} with id ${id} not found`, 404);
}

export function notServed(what: string): ServiceError {
  return new ServiceError('NotImplemented', `the local engine does not serve ${what}`, 501);
}

/** `details.members` of faults and of errors travel as they are; a wait that the client should keep goes into its header. */
export function errorBody({ code, message, members }: ServiceError): object {
  const { retryAfterSeconds: _, ...details } = members;
  return { error: code, details: { message, ...details } };
}
