import { ServiceError } from '../../core/service';

/** SQS's errors in SQS's words. */
export const queueDoesNotExist = () => new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterValue', message);
export const missingParameter = (name: string) => new ServiceError('MissingParameter', `The request must contain the parameter ${name}.`);
export const outOfRange = (name: string, value: unknown, reason: string) => invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
export const invalidReceiptHandle = (handle: string) => new ServiceError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
