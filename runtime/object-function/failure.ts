import type { ObjectFailureCode } from '../../src/s3batch/private/object-function-contract';
import { errorMessage, errorName, isTransient } from '../shared/errors';

/** A line of a report is for people: the log has the rest. */
const MAX_LENGTH = 1000;

const CODES: readonly string[] = ['TemporaryFailure', 'PermanentFailure'] satisfies ObjectFailureCode[];

/** What an error says of itself by its name; what passes by itself is temporary; of all others the author has decided. */
export function failureCode(error: unknown, otherwise: ObjectFailureCode): ObjectFailureCode {
  const name = errorName(error);
  if (CODES.includes(name)) return name as ObjectFailureCode;
  return isTransient(error) ? 'TemporaryFailure' : otherwise;
}

/** Without the name where that is a result code, which has a column of its own. */
export function failureText(error: unknown): string {
  const name = errorName(error);
  const text = name === '' || CODES.includes(name) ? errorMessage(error) : `${name}: ${errorMessage(error)}`;
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
