import { ServiceError } from '../../core/service';

/** EventBridge's errors in EventBridge's words. */
export const validation = (message: string) => new ServiceError('ValidationException', message);
export const ruleNotFound = (rule: string, bus: string) => new ServiceError('ResourceNotFoundException', `Rule ${rule} does not exist on EventBus ${bus}.`);
export const busNotFound = (bus: string) => new ServiceError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
export const invalidPattern = (reason: string) => new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
