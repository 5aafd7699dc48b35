import { ServiceError } from '../../core/service';

/** SNS's errors in SNS's words. */
export const invalidParameter = (reason: string) => new ServiceError('InvalidParameterException', `Invalid parameter: ${reason}`);
export const topicNotFound = () => new ServiceError('NotFoundException', 'Topic does not exist', 404);
export const subscriptionNotFound = () => new ServiceError('NotFoundException', 'Subscription does not exist', 404);
export const resourceNotFound = () => new ServiceError('ResourceNotFoundException', 'Resource does not exist', 404);
