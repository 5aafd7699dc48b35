import { isAccessDenied } from './errors';

/** How long a new permission may take until all of AWS knows it. */
const NEW_RIGHTS_PATIENCE_MS = 60_000;

/** A right that came with this very deployment is not seen everywhere at once. A Delete has had its rights for long. */
export function mayBeTooNew(
  error: unknown, event: { readonly RequestType: string; readonly StartedAt?: number }, ports: { readonly now: () => number },
): boolean {
  const denied = isAccessDenied(error) || isAccessDenied((error as { cause?: unknown } | undefined)?.cause);
  return denied && event.RequestType !== 'Delete' && event.StartedAt !== undefined && ports.now() < event.StartedAt + NEW_RIGHTS_PATIENCE_MS;
}
