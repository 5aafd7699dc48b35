import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';
import type { ServiceQuotasService } from '../service-quotas';

/** A request that the service understands and refuses. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFound', message);
}

export function inUse(message: string): ServiceError {
  return new ServiceError('ResourceInUse', message);
}

/** Worded as the service words it: the quota's name stands in quotes. */
export function limitExceeded(quota: string, limit: number, utilization: number): ServiceError {
  return new ServiceError('ResourceLimitExceeded', `The account-level service limit '${quota}' is ${limit}, with current utilization of ${utilization} `
    + 'and a request delta of 1. Please use AWS Service Quotas to request an increase for this quota.');
}

export function accountQuota(core: EngineCore, quotaCode: string): { readonly name: string; readonly limit: number } {
  return core.service<ServiceQuotasService>('service-quotas').quota(quotaCode);
}
