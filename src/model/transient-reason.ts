/**
 * Failures after which the same job may well succeed. The services promise no wording, so these are the words that SageMaker uses for
 * failures of its own; whatever else a reason says is taken for lasting, and a person is asked.
 */
const TRANSIENT: ReadonlyArray<{ readonly what: string; readonly words: RegExp }> = [
  { what: 'failures within the service', words: /^\s*internal ?(server|service)? ?(error|failure|exception)\b/i },
  { what: 'the service\'s own sentence for them', words: /\bencountered an internal (service |server )?error\b/i },
  { what: 'outages', words: /\bservice (is )?(temporarily )?unavailable\b|\bserviceunavailable(exception|error)?\b/i },
  { what: 'throttling', words: /\bthrottl(ed|ing)(exception)?\b|\brate exceeded\b|\btoo ?many ?requests(exception)?\b|\bslow ?down\b|\brequest limit exceeded\b/i },
  { what: 'no capacity', words: /^\s*capacity ?error\b|\binsufficient capacity\b/i },
];

export function isTransientReason(reason: string | undefined): boolean {
  return reason !== undefined && TRANSIENT.some(({ words }) => words.test(reason));
}
