/** The framework puts message, log hint and trace into one answer of at most 4,096 bytes: a quarter of it is the reason. */
const MAX_REASON_BYTES = 1000;

/** An error for the user's terminal: one line, cut to fit, without a trace (the log has the whole error). */
export class UserError extends Error {
  constructor(message: string, cause?: unknown) {
    super(cutToBytes(message.replace(/\s+/g, ' ').trim(), MAX_REASON_BYTES), { cause });
    this.name = 'UserError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Cuts at a character's border, so that what is left is valid text. */
export function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let cut = '';
  let bytes = Buffer.byteLength('…');
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    cut += character;
  }
  return `${cut}…`;
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function httpStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

const THROTTLES: ReadonlySet<string> = new Set([
  'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled',
  'RequestThrottledException', 'SlowDown', 'LimitExceededException', 'PriorRequestNotComplete', 'BandwidthLimitExceeded', 'ProvisionedThroughputExceededException',
]);
const OUTAGES: ReadonlySet<string> = new Set([
  'InternalFailure', 'InternalError', 'InternalServerError', 'InternalServerException', 'ServiceUnavailable', 'ServiceUnavailableException',
  'TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN',
]);

/** Throttles, outages and broken connections: worth another try later, never a failure of the deployment. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code ?? '';
  const status = httpStatus(error) ?? 0;
  return THROTTLES.has(errorName(error)) || OUTAGES.has(errorName(error)) || OUTAGES.has(code) || status === 429 || status >= 500;
}

export function isNotFound(error: unknown): boolean {
  return errorName(error) === 'ResourceNotFound'
    // one description of the service calls it a validation error
    || (errorName(error) === 'ValidationException' && /not found|does not exist|could not find/i.test(errorMessage(error)));
}

/** No right, or one that is too new to be seen everywhere. */
export function isAccessDenied(error: unknown): boolean {
  return ['AccessDenied', 'AccessDeniedException', 'Forbidden'].includes(errorName(error)) || httpStatus(error) === 403;
}

/** A new role or policy that the service cannot see yet. */
export function isRoleNotVisible(error: unknown): boolean {
  return errorName(error) === 'ValidationException' && /\brole\b|assume|access denied|accessdenied|permission|not authorized/i.test(errorMessage(error));
}

/** Names the quota: the service only says that one was exceeded. */
export function quotaHint(error: unknown, quota: string): string | undefined {
  return errorName(error) === 'ResourceLimitExceeded'
    ? `${errorMessage(error)} (quota ${quota}: ask for more in Service Quotas, or wait until another job has ended)` : undefined;
}
