import { errorMessage, errorName, httpStatus } from '../shared/errors';

/** The model and the guide name it differently. */
export function isNoSuchJob(error: unknown): boolean {
  return /^(NotFoundException|NoSuchJob.*)$/.test(errorName(error)) || httpStatus(error) === 404;
}

/** The job is in no status in which that could be done: it went on in between. */
export function isOtherStatus(error: unknown): boolean {
  return ['JobStatusException', 'BadRequestException'].includes(errorName(error)) || isNoSuchJob(error);
}

/** The token belongs to another request. */
export function isTokenTaken(error: unknown): boolean {
  return errorName(error) === 'IdempotencyException';
}

/** A role or a right to pass it that is too new to be seen. */
export function isAboutRole(error: unknown): boolean {
  return /\brole\b|assume|not authorized|permission/i.test(errorMessage(error));
}

/** S3 says this of failures of its own, and of some requests that are wrong. */
export function isInternal(error: unknown): boolean {
  return httpStatus(error) === 500 || errorName(error) === 'InternalServiceException';
}

/** S3 has understood the request and said no; an answer that cannot be read says nothing. */
export function isRefusal(error: unknown): boolean {
  const status = httpStatus(error) ?? 0;
  return status >= 400 && status < 500;
}
