import { ServiceError } from '../../../core/service';

/** What CloudFormation answers to a request it cannot accept. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message, 400);
}

export function templateFormatError(message: string): ServiceError {
  return validationError(`Template format error: ${message}`);
}

export function templateError(message: string): ServiceError {
  return validationError(`Template error: ${message}`);
}
