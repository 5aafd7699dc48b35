import { OnEventRequest } from './custom-resource';

/** One JSON object a line, made for CloudWatch Logs Insights. Events are logged by the fields named here: `ResponseURL` is a secret. */
export function log(message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  console.log(JSON.stringify({ message, ...fields }));
}

export function logEvent(entry: string, event: OnEventRequest<unknown>): void {
  const { RequestType, RequestId, StackId, LogicalResourceId } = event;
  const PhysicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : undefined;
  log(entry, { RequestType, RequestId, StackId, LogicalResourceId, PhysicalResourceId });
}

export function logError(message: string, error: unknown): void {
  const { name, stack, cause } = error as Error;
  console.error(JSON.stringify({ message, error: name, stack, cause: cause instanceof Error ? `${cause.name}: ${cause.message}\n${cause.stack}` : cause }));
}
