import type { CompletionReport } from './completion-report';
import { LineSpool } from './line-spool';
import { parseTask, serializeTask, type Task, type TaskOperation, type TaskResult } from './task';
import type { Job } from '../services/s3control/job';

/** A task that fails for the moment is tried so often in all; throttled tries do not count. */
const MOST_TRIES = 3;
/** So many tasks are under way at a time; throttling halves it. */
const PARALLEL = 16;
/** From so many tasks on, more failures than successes fail the job. */
const THRESHOLD_TASKS = 1000;

export type Progress = 'more' | 'again' | 'done' | 'threshold';

/** A job's tasks, run in portions; what failed for the moment is run again when all others are through. */
export class JobRun {
  private lines: Generator<string>;
  private again: LineSpool;
  private parallel = PARALLEL;
  private isClosed = false;

  constructor(private readonly job: Job, private tasks: LineSpool, private readonly operation: TaskOperation, readonly report: CompletionReport,
    private readonly directory: string) {
    this.lines = tasks.lines();
    this.again = new LineSpool(directory);
  }

  get hasRun(): boolean {
    const { succeeded, failed } = this.job.progress;
    return succeeded + failed > 0;
  }

  /** Runs up to so many tasks. */
  async portion(size: number): Promise<Progress> {
    for (let left = size; left > 0;) {
      const batch = this.next(Math.min(left, this.parallel));
      if (batch.length === 0) return this.nextRound();
      left -= batch.length;
      const results = await Promise.all(batch.map(async (task) => ({ task, result: await this.operation(task) })));
      for (const { task, result } of results) this.settle(task, result);
      if (results.some(({ result }) => result.again === 'throttled')) this.parallel = Math.max(1, Math.floor(this.parallel / 2));
      if (this.isBeyondThreshold()) return 'threshold';
    }
    return 'more';
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.lines.return(undefined);
    this.tasks.discard();
    this.again.discard();
  }

  private next(count: number): Task[] {
    const batch: Task[] = [];
    while (batch.length < count) {
      const { value, done } = this.lines.next();
      if (done) break;
      batch.push(parseTask(value as string));
    }
    return batch;
  }

  private settle(task: Task, result: TaskResult): void {
    const tries = (task.tries ?? 0) + (result.again === 'throttled' ? 0 : 1);
    if (result.again && tries < MOST_TRIES) {
      this.again.append(serializeTask({ ...task, tries }));
      return;
    }
    this.job.progress[result.status]++;
    this.report.add(task, result);
  }

  private nextRound(): Progress {
    if (this.again.count === 0) return 'done';
    this.tasks.discard();
    this.tasks = this.again;
    this.lines = this.tasks.lines();
    this.again = new LineSpool(this.directory);
    return 'again';
  }

  private isBeyondThreshold(): boolean {
    const { succeeded, failed } = this.job.progress;
    return succeeded + failed >= THRESHOLD_TASKS && failed > succeeded;
  }
}
