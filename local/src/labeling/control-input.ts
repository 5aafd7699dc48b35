import { ServiceError } from '../core/service';

/** Reads what a control call was given; a refusal names the member, the value and what it must be. */
export type Content = Readonly<Record<string, unknown>>;

export function refusal(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function object(value: unknown, what: string): Content {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`${what} must be an object, got ${JSON.stringify(value)}`);
  }
  return value as Content;
}

export function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) {
    throw refusal(`${what} must be a list, got ${JSON.stringify(value)}`);
  }
  return value;
}

export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw refusal(`${what} must be a text, got ${JSON.stringify(value)}`);
  }
  return value;
}

export function number(value: unknown, what: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw refusal(`${what} must be a number from ${min} to ${max}, got ${JSON.stringify(value)}`);
  }
  return value;
}

export function only(value: Content, allowed: readonly string[], what: string): void {
  const other = Object.keys(value).find((key) => !allowed.includes(key));
  if (other !== undefined) {
    throw refusal(`${what} has the unknown member '${other}'; known: ${allowed.join(', ')}`);
  }
}
