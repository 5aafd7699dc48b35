import type { Need } from './policy';
import { ServiceError } from '../core/service';

/** How services name it, where it is not `AccessDeniedException` with status 400. */
const FORMS: Readonly<Record<string, readonly [code: string, statusCode: number]>> = {
  s3: ['AccessDenied', 403],
  s3control: ['AccessDenied', 403],
  sns: ['AuthorizationError', 403],
  sqs: ['AccessDenied', 403],
  sts: ['AccessDenied', 403],
  iam: ['AccessDenied', 403],
  cloudformation: ['AccessDenied', 403],
  cloudwatch: ['AccessDenied', 403],
  lambda: ['AccessDeniedException', 403],
};

export function accessDenied(service: string, caller: string, { action, resource }: Need, because: string): ServiceError {
  const [code, statusCode] = FORMS[service] ?? ['AccessDeniedException', 400];
  const on = resource === undefined || resource === '*' ? '' : ` on resource: ${service === 's3' ? `"${resource}"` : resource}`;
  return new ServiceError(code, `User: ${caller} is not authorized to perform: ${action}${on} ${because}`, statusCode);
}
