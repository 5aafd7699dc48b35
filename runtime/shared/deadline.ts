import { UserError } from './errors';

/** Whether an event's time is over. It counts from when `onEvent` first saw it, so that a message of ours comes before CloudFormation's hour. */
export function isOver(event: { readonly StartedAt?: number }, seconds: number, ports: { readonly now: () => number }): boolean {
  return event.StartedAt !== undefined && ports.now() >= event.StartedAt + seconds * 1000;
}

export function timedOut(seconds: number, waitingFor: string, cause?: unknown): UserError {
  return new UserError(`timed out after ${seconds} seconds, waiting for ${waitingFor}`, cause);
}
