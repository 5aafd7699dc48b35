import { ServiceError } from '../../core/service';

/** S3 Control's errors: all that its model names answer HTTP 400. */
export const badRequest = (message: string) => new ServiceError('BadRequestException', message);
export const idempotency = (message: string) => new ServiceError('IdempotencyException', message);
export const invalidNextToken = () => new ServiceError('InvalidNextTokenException', 'The specified NextToken is not valid');
export const noSuchJob = (id: string) => new ServiceError('NotFoundException', `No such job: ${id}`);
export const jobStatus = (message: string) => new ServiceError('JobStatusException', message);
export const tooManyTags = (message: string) => new ServiceError('TooManyTagsException', message);
export const accessDenied = () => new ServiceError('AccessDenied', 'Access Denied', 403);
