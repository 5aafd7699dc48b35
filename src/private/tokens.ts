import { Duration, Token } from 'aws-cdk-lib';

/** Whether a value is there and known at synthesis: only then can it be checked. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Problem of each value that is only known at deployment although synthesis needs it. */
export function tokenProblems(property: string, values: readonly unknown[], remedy: string): string[] {
  return Token.isUnresolved(values) || values.some((value) => Token.isUnresolved(value))
    ? [`'${property}' must be known at synthesis, got a token: ${remedy}`]
    : [];
}

/** Seconds of a duration; a token in another unit than seconds cannot be converted, which is a problem to report. */
export function seconds(property: string, duration: Duration | undefined, problems: string[]): number | undefined {
  if (duration === undefined) return undefined;
  if (duration.isUnresolved() && duration.unitLabel() !== 'seconds') {
    problems.push(`'${property}' must be known at synthesis or be given in seconds, got a token in ${duration.unitLabel()}: use Duration.seconds()`);
    return undefined;
  }
  return duration.toSeconds({ integral: false });
}
