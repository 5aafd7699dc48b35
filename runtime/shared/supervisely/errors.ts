import { UserError } from '../errors';

/** The secret holds no token, or one that the server takes no more: every other call would be refused too. */
export class NoValidToken extends UserError {}

/** A final answer of the server other than success. It never holds the token: what the server says is cleaned before it gets here. */
export class SuperviselyError extends Error {
  constructor(readonly method: string, readonly status: number, readonly reason: string) {
    super(`${method}: ${reason} (HTTP ${status})`);
    this.name = 'SuperviselyError';
  }
}

/**
 * The server is busy, or out of reach: worth another try later. Whether the call was carried out is not known. The metadata are
 * those of the SDK's errors, by which the handlers tell what passes.
 */
export class SuperviselyBusy extends Error {
  readonly $metadata = { httpStatusCode: 503 };

  constructor(readonly method: string, reason: string, readonly retryAfterMs?: number) {
    super(`${method}: ${reason}`);
    this.name = 'SuperviselyBusy';
  }
}

/** A refusal may quote what it refuses: a password, or an address that nobody else may know. */
export async function withoutSecret<T>(secret: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof SuperviselyError) || secret === '') throw error;
    throw new SuperviselyError(error.method, error.status, error.reason.replaceAll(secret, '***'));
  }
}

/** Gone, never there, or nothing that the token's owner may see: the server makes no difference. */
export function isAbsent(error: unknown): boolean {
  return error instanceof SuperviselyError && error.status === 404;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof SuperviselyError && error.status === 403;
}

/** The text of the server's error form: `{"error", "details": {"message"} | [{"message"}]}`. */
export function reasonIn(body: string): string {
  try {
    const { error, details, message } = JSON.parse(body) as { error?: unknown; details?: unknown; message?: unknown };
    const [detail] = (Array.isArray(details) ? details : [details]) as Array<{ message?: unknown } | undefined>;
    const text = [detail?.message, message, error].find((one) => typeof one === 'string' && one !== '');
    if (text !== undefined) return text as string;
  } catch {
    // a proxy answers in its own form
  }
  return body.trim().slice(0, 300) || 'no reason was given';
}
