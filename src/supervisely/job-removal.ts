import { Duration } from 'aws-cdk-lib';
import type { RemovalMode } from './private/labeling-job-contract';
import { timeoutProblems } from '../groundtruth/job-removal';
import { refuse } from '../private/errors';
import { LONGEST_TIMEOUT } from '../private/job-provider';
import { seconds } from '../private/tokens';

/** Options of `JobRemoval.drain()`. */
export interface DrainOptions {
  /**
   * How long to wait for the jobs to end by themselves, at most 55 minutes: CloudFormation waits no longer than an hour.
   *
   * @default Duration.minutes(55)
   */
  readonly timeout?: Duration;

  /**
   * What happens then.
   *
   * @default JobRemoval.STOP
   */
  readonly then?: JobRemoval;
}

/**
 * What happens to jobs on the server when their resource is removed. Annotations stay in the project, whatever is chosen. Jobs of a deployment that never
 * succeeded, and that nobody has begun, are removed in any case.
 */
export class JobRemoval {
  /** They are stopped: labelers see them no more, managers do. */
  public static readonly STOP = new JobRemoval('STOP');
  /** They are stopped and archived: hidden, but where archived jobs are asked for. */
  public static readonly ARCHIVE = new JobRemoval('ARCHIVE');
  /** They are removed for good, with their review statuses and statistics. */
  public static readonly REMOVE = new JobRemoval('REMOVE');
  /** They go on without an owner. */
  public static readonly RETAIN = new JobRemoval('RETAIN');

  /** The removal waits for the jobs to end; afterwards, or when the time is up, it does something else. */
  public static drain(options: DrainOptions = {}): JobRemoval {
    const problems: string[] = [];
    const timeout = seconds('timeout', options.timeout ?? LONGEST_TIMEOUT, problems);
    problems.push(...timeoutProblems('timeout', options.timeout));
    const then = (options.then ?? JobRemoval.STOP)._mode;
    if (then === 'DRAIN') problems.push('\'then\' must not drain again: use STOP, ARCHIVE, REMOVE or RETAIN');
    refuse('JobRemoval.drain', problems);
    return new JobRemoval('DRAIN', timeout, then as Exclude<RemovalMode, 'DRAIN'>);
  }

  private constructor(
    /** @internal */
    public readonly _mode: RemovalMode,
    /** @internal */
    public readonly _timeoutSeconds?: number,
    /** @internal */
    public readonly _then?: Exclude<RemovalMode, 'DRAIN'>,
  ) {}
}
