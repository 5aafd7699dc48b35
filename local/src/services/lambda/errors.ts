import { ServiceError } from '../../core/service';

/** Lambda's errors in Lambda's words. */
export const notFound = (message: string) => new ServiceError('ResourceNotFoundException', message, 404, { Type: 'User' });
export const conflict = (message: string) => new ServiceError('ResourceConflictException', message, 409, { Type: 'User' });
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterValueException', message, 400, { Type: 'User' });
export const preconditionFailed = () => new ServiceError(
  'PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id', 412, { Type: 'User' });
export const throttled = (reason: string) => new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: reason, Type: 'User' });
export const tooLarge = (size: number, limit: number) => new ServiceError(
  'RequestTooLargeException', `${size} byte payload is too large for the invocation (limit ${limit} bytes)`, 413, { Type: 'User' });
export const malformedPayload = (cause: string) => new ServiceError(
  'InvalidRequestContentException', `Could not parse request body into json: ${cause}`, 400, { Type: 'User' });
