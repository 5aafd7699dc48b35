/** Why no answer came, and whether that may pass. */
export interface Failure {
  readonly passes: boolean;
  readonly reason: string;
}

/** What stays wrong until somebody repairs it: certificates, and a server that does not speak TLS. */
const LASTING = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO|ERR_INVALID_)|CERT/;

/** `fetch` says only that it failed; the cause says why. */
export function failureOf(error: unknown, timeMs: number): Failure {
  if ((error as Error).name === 'TimeoutError') return { passes: true, reason: `no answer within ${Math.round(timeMs / 1000)} seconds` };
  const { code = '', message } = ((error as Error).cause ?? error) as { code?: string; message: string };
  const reason = code === '' ? message : `${code}${message.includes(code) ? '' : `, ${message}`}`;
  return { passes: !LASTING.test(code), reason };
}

/** `Retry-After` in seconds; its other form, a date, counts from now on. */
export function retryAfterMs(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
