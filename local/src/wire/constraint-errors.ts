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

const malformedXml: Wording = () =>
  new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');

const WORDINGS: Readonly<Record<string, Wording>> = {
  'cloudformation': listed('ValidationError'),
  'cloudwatch': listed('ValidationError'),
  'cognito-idp': listed('InvalidParameterException'),
  'iam': listed('ValidationError'),
  'logs': listed('InvalidParameterException'),
  's3': malformedXml,
  'sns': listed('ValidationError'),
  'sqs': missingParameter,
  'sts': listed('ValidationError'),
};

/** What the service answers to an input that breaks its model's constraints. */
export function constraintError(service: string, violations: Violation[]): ServiceError {
  return (WORDINGS[service] ?? listed('ValidationException'))(violations);
}
