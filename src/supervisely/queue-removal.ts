import { Duration } from 'aws-cdk-lib';
import { timeoutProblems } from '../groundtruth/job-removal';
import type { QueueRemovalMode } from '../model/supervisely/plan-queue-removal';
import { refuse } from '../private/errors';
import { LONGEST_TIMEOUT } from '../private/job-provider';
import { seconds } from '../private/tokens';

/** Options of `QueueRemoval.drain()`. */
export interface QueueDrainOptions {
  /**
   * How long to wait for the queue to end by itself, at most 55 minutes: CloudFormation waits no longer than an hour.
   *
   * @default Duration.minutes(55)
   */
  readonly timeout?: Duration;

  /**
   * What happens then.
   *
   * @default QueueRemoval.STOP
   */
  readonly then?: QueueRemoval;
}

/**
 * What happens to a queue on the server when its resource is removed. The server's API can neither remove nor archive a queue, so it stays in the
 * list of queues until a person removes it there. Annotations stay in the project in any case. A queue of a deployment that never succeeded, and that
 * nobody has begun, is stopped whatever is chosen.
 */
export class QueueRemoval {
  /** It is stopped, with its jobs: labelers and reviewers see it no more, managers do. */
  public static readonly STOP = new QueueRemoval('STOP');
  /** It is set to `completed`, with its jobs, as if all its images were accepted. */
  public static readonly COMPLETE = new QueueRemoval('COMPLETE');
  /** It goes on without an owner. */
  public static readonly RETAIN = new QueueRemoval('RETAIN');

  /** The removal waits for the queue to end; afterwards, or when the time is up, it does something else. */
  public static drain(options: QueueDrainOptions = {}): QueueRemoval {
    const problems: string[] = [];
    const timeout = seconds('timeout', options.timeout ?? LONGEST_TIMEOUT, problems);
    problems.push(...timeoutProblems('timeout', options.timeout));
    const then = (options.then ?? QueueRemoval.STOP)._mode;
    if (then === 'DRAIN') problems.push('\'then\' must not drain again: use STOP, COMPLETE or RETAIN');
    refuse('QueueRemoval.drain', problems);
    return new QueueRemoval('DRAIN', timeout, then as Exclude<QueueRemovalMode, 'DRAIN'>);
  }

  private constructor(
    /** @internal */
    public readonly _mode: QueueRemovalMode,
    /** @internal */
    public readonly _timeoutSeconds?: number,
    /** @internal */
    public readonly _then?: Exclude<QueueRemovalMode, 'DRAIN'>,
  ) {}
}
