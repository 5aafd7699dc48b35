import type { Violation } from './constraints';
import { ServiceError } from '../core/service';

type Wording = (violations: Violation[]) => ServiceError;

/** "1 validation error detected: Value 'x' at 'labelingJobName' failed to satisfy constraint: …", as most services word it. */
function listed(code: string): Wording {
  return (violations) => {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: `;
    return new ServiceError(code, count + violations.map(({ path, value, constraint }) =>
      `Value ${valueText(value)} at '${path}' failed to satisfy constraint: ${constraint}`).join('; '));
  };
}

function valueText(value: unknown): string {
  return value === null ? 'null' : `'${innerText(value)}'`;
}

function innerText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(innerText).join(', ')}]`;
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, item]) => `${key}=${innerText(item)}`).join(', ')}}`;
  return String(value);
}

const missingParameter: Wording = ([{ path, kind, value, constraint }]) => kind === 'required'
  ? new ServiceError('MissingParameter', `The request must contain the parameter ${path.charAt(0).toUpperCase()}${path.slice(1)}.`)
  : new ServiceError('InvalidParameterValue', `Value ${valueText(value)} for parameter ${path} is invalid. Reason: ${constraint}.`);

/** S3 has errors of its own for some members; others are arguments where they stand in address or headers, and else a document's fault. */
const S3_MEMBERS: Readonly<Record<string, [code: string, message: string]>> = {
  'storageClass': ['InvalidStorageClass', 'The storage class you specified is not valid'],
  'createBucketConfiguration.locationConstraint': ['InvalidLocationConstraint', 'The specified location-constraint is not valid'],
  'serverSideEncryption': ['InvalidArgument', 'The encryption method specified is not supported'],
};

const s3Wording: Wording = ([{ path, value, constraint }]) => {
  const [code, message] = S3_MEMBERS[path] ?? (path.includes('.') || value === null
    ? ['MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema']
    : ['InvalidArgument', `Invalid ${path}: ${constraint}`]);
  return new ServiceError(code, message, 400, code === 'InvalidArgument' ? { ArgumentName: path, ArgumentValue: innerText(value) } : {});
};

/** S3 Control's errors that a member has of its own: those of ListJobs. */
const S3_CONTROL_CODES: Readonly<Record<string, string>> = {
  nextToken: 'InvalidNextTokenException', maxResults: 'InvalidRequestException', jobStatuses: 'InvalidRequestException',
};

const s3ControlWording: Wording = (violations) => listed(S3_CONTROL_CODES[violations[0].path.split('.')[0]] ?? 'BadRequestException')(violations);

const WORDINGS: Readonly<Record<string, Wording>> = {
  'cloudformation': listed('ValidationError'),
  'cloudwatch': listed('ValidationError'),
  'cognito-idp': listed('InvalidParameterException'),
  'iam': listed('ValidationError'),
  'logs': listed('InvalidParameterException'),
  's3': s3Wording,
  's3control': s3ControlWording,
  'sns': listed('ValidationError'),
  'sqs': missingParameter,
  'sts': listed('ValidationError'),
};

/** What the service answers to an input that breaks its model's constraints. */
export function constraintError(service: string, violations: Violation[]): ServiceError {
  return (WORDINGS[service] ?? listed('ValidationException'))(violations);
}
