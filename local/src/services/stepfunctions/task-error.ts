const MAX_CAUSE = 32_768;

/** An error as Retry and Catch see it: a name to match, a cause as text. */
export class TaskError extends Error {
  /** Asked by the interpreter: whether Retry and Catch may match it, States.ALL included. */
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(name: string, cause: string, { matchable }: { matchable: boolean } = { matchable: true }) {
    super(cause.slice(0, MAX_CAUSE));
    this.name = name;
    this.isRetryable = matchable;
    this.isCatchable = matchable;
  }
}
