import { Duration } from 'aws-cdk-lib';
import type { RemovalMode } from './private/labeling-job-contract';
import { refuse } from '../private/errors';
import { LONGEST_TIMEOUT } from '../private/job-provider';
import { seconds } from '../private/tokens';

/** Options of `JobRemoval.drain()`. */
export interface DrainOptions {
  /**
   * How long to wait for the job to end by itself before it is stopped, at most 55 minutes: CloudFormation waits no longer than an hour.
   *
   * @default Duration.minutes(55)
   */
  readonly timeout?: Duration;

  /**
   * Whether the job goes on without an owner when the time is up, instead of being stopped.
   *
   * @default false
   */
  readonly thenRetain?: boolean;
}

/** What happens to a running job when its resource is removed. Labels that are made stay in the output bucket, whatever is chosen. */
export abstract class JobRemoval {
  /** The job is stopped. Answers that are not yet made into a label are lost. */
  public static readonly STOP: JobRemoval = new (class extends JobRemoval {
    public readonly _mode = 'STOP';
    public readonly _timeoutSeconds = undefined;
  })();

  /** The job goes on, and costs, without an owner. */
  public static readonly RETAIN: JobRemoval = new (class extends JobRemoval {
    public readonly _mode = 'RETAIN';
    public readonly _timeoutSeconds = undefined;
  })();

  /** The removal waits for the job to end; when the time is up, the job is stopped unless you say otherwise. */
  public static drain(options: DrainOptions = {}): JobRemoval {
    const problems: string[] = [];
    const then = options.thenRetain ? 'RETAIN' : 'STOP';
    const timeout = seconds('timeout', options.timeout ?? LONGEST_TIMEOUT, problems);
    problems.push(...timeoutProblems('timeout', options.timeout));
    refuse('JobRemoval.drain', problems);
    return new (class extends JobRemoval {
      public readonly _mode = 'DRAIN';
      public readonly _timeoutSeconds = timeout;
      public override readonly _then = then;
    })();
  }

  /** @internal */
  public abstract readonly _mode: RemovalMode;
  /** @internal */
  public abstract readonly _timeoutSeconds: number | undefined;
  /** @internal */
  public readonly _then: 'STOP' | 'RETAIN' | undefined = undefined;

  protected constructor() {}
}

/** What is wrong with how long a deployment is to wait. */
export function timeoutProblems(property: string, timeout: Duration | undefined): string[] {
  if (timeout === undefined || timeout.isUnresolved()) return [];
  const value = timeout.toSeconds({ integral: false });
  return value >= 1 && value <= LONGEST_TIMEOUT.toSeconds()
    ? []
    : [`'${property}' must be 1 second to 55 minutes, CloudFormation waits no longer than an hour, got ${timeout.toHumanString()}`];
}
