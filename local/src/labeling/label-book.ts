import { labeledLine, labelMembers, type JobOutput } from './job-output';
import type { ConsolidatedLabel } from './labeled-object';
import type { Records } from './records';
import type { RunListener } from './run';
import type { LabelCounters } from '../services/sagemaker/labeling-job';

/** What came of a job's objects: labels, failures, counters, the output manifest. */
export class LabelBook {
  /** The label members of labeled lines, as JSON. */
  private readonly labels = new Map<number, string>();
  private iterationLines: string[] = [];
  private machineLabeled = 0;
  private written = 0;
  /** Set while objects fail before or after the workers, and until one is labeled. */
  private firstError: string | undefined;

  constructor(
    private readonly records: Records,
    private readonly attribute: string,
    private readonly output: JobOutput,
    private readonly listener: RunListener,
  ) {}

  get labeled(): number {
    return this.labels.size;
  }

  /** Whether some labels do not stand in the output yet. */
  get unsaved(): boolean {
    return this.labeled > this.written;
  }

  beginIteration(): void {
    this.iterationLines = [];
  }

  async take(index: number, result: ConsolidatedLabel | Error): Promise<void> {
    if (result instanceof Error) {
      this.fail(index, result.message, true);
      return;
    }
    const members = JSON.stringify(labelMembers(this.attribute, result));
    this.records.setState(index, 'labeled');
    this.labels.set(index, members);
    const line = labeledLine(this.records.line(index), members);
    this.iterationLines.push(line);
    await this.listener.objectLabeled(line);
  }

  /** A label that no human gave. */
  async takeMachineLabel(index: number, result: ConsolidatedLabel | Error): Promise<void> {
    this.machineLabeled += result instanceof Error ? 0 : 1;
    await this.take(index, result);
  }

  /** `isError`: before or after the workers, so that it may well happen to every object. */
  fail(index: number, reason: string, isError: boolean): void {
    this.records.setState(index, 'failed');
    this.listener.objectFailed(index, reason);
    if (isError) {
      this.firstError ??= reason;
    }
  }

  /** Why the rest would fail as well, where every object so far met an error. */
  hopeless(): string | undefined {
    const met = this.records.count('labeled') + this.records.count('excluded');
    if (this.firstError === undefined || met > 0) {
      return undefined;
    }
    return `ClientError: none of the ${this.records.count('failed')} objects so far could be labeled; the first failed because ${this.firstError}`;
  }

  counters(): LabelCounters {
    const { records } = this;
    const labeled = records.count('labeled');
    return {
      TotalLabeled: labeled,
      HumanLabeled: labeled - this.machineLabeled,
      MachineLabeled: this.machineLabeled,
      FailedNonRetryableError: records.count('failed'),
      Unlabeled: records.count('waiting') + records.count('open') + records.count('excluded'),
    };
  }

  /** Tells the counters, and rewrites the output when so many more objects are labeled. */
  async count(iteration: number, step: number): Promise<void> {
    if (this.labeled > this.written && (this.written === 0 || this.labeled - this.written >= step)) {
      await this.write(iteration);
    }
    this.listener.counted(this.counters());
  }

  async write(iteration: number): Promise<void> {
    this.written = this.labeled;
    if (this.iterationLines.length > 0) {
      await this.output.intermediate(iteration, this.iterationLines);
    }
    this.listener.wroteOutput(await this.output.manifest(this.records, this.labels));
  }
}
