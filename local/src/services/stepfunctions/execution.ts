import { History } from './history';
import type { InterpreterEvent } from './interpreter';
import { MachineRuns } from './machine-runs';
import type { StateMachineRecord } from './state-machine-store';
import type { EngineCore } from '../../core/engine';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionFacts {
  readonly executionArn: string;
  readonly name: string;
  readonly input: string;
}

/** One run of a state machine. */
export class Execution {
  readonly startDate: Date;
  readonly history: History;
  /** Resolves when it has ended, however; never rejects. */
  readonly ended: Promise<void>;
  status: ExecutionStatus = 'RUNNING';
  stopDate?: Date;
  output?: string;
  error?: string;
  cause?: string;
  private readonly runs: MachineRuns;
  private end!: () => void;

  constructor(
    private readonly core: EngineCore, readonly machine: StateMachineRecord, readonly facts: ExecutionFacts,
    private readonly onChange: (execution: Execution) => void, waitForExecution: (arn: string) => Promise<unknown>, uuid: () => string,
  ) {
    this.startDate = new Date(core.clock.now());
    this.history = new History(() => core.clock.now());
    this.ended = new Promise((resolve) => { this.end = resolve; });
    this.runs = new MachineRuns({
      core,
      waitForExecution,
      uuid,
      isRunning: () => this.status === 'RUNNING',
      announce: (type, details) => this.history.add(type, details),
    });
  }

  start(): void {
    this.history.add('ExecutionStarted', { executionStartedEventDetails: { input: this.facts.input, roleArn: this.machine.roleArn } });
    this.onChange(this);
    const run = this.runs.start(this.machine.definition, JSON.parse(this.facts.input), { ...this.facts, machine: this.machine });
    void this.follow(run.result, this.observe(run.eventLogs));
  }

  stop(error?: string, cause?: string): void {
    this.finish('ABORTED', { error, cause });
    this.runs.abort();
  }

  describe(): object {
    const { executionArn, name, input } = this.facts;
    const { status, startDate, stopDate, output, error, cause } = this;
    return {
      executionArn,
      stateMachineArn: this.machine.arn,
      name,
      status,
      startDate,
      stopDate,
      input,
      inputDetails: { included: true },
      ...(output !== undefined && { output, outputDetails: { included: true } }),
      error,
      cause,
      redriveCount: 0,
      redriveStatus: status === 'RUNNING' || status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    };
  }

  /** What happens first counts: a result that comes after a stop is nobody's. */
  private finish(status: ExecutionStatus, result: { output?: string; error?: string; cause?: string }): void {
    if (this.status !== 'RUNNING') return;
    Object.assign(this, { status, ...result, stopDate: new Date(this.core.clock.now()) });
    this.history.add(...endEvent(status, result));
    this.onChange(this);
    this.end();
  }

  /** The history is complete before the end is told. */
  private async follow(result: Promise<unknown>, observed: Promise<void>): Promise<void> {
    try {
      const output = await result;
      await observed;
      this.finish('SUCCEEDED', { output: JSON.stringify(output) });
    } catch (error) {
      await observed;
      const { name, cause } = error as Error & { cause?: Error };
      if (name === 'ExecutionTimeoutError') this.finish('TIMED_OUT', {});
      else this.finish('FAILED', { error: cause?.name ?? name, cause: (cause ?? error as Error).message });
    }
  }

  private async observe(events: AsyncIterable<InterpreterEvent>): Promise<void> {
    for await (const event of events) {
      if (this.status === 'RUNNING') this.history.observe(event, this.machine.definition);
    }
  }
}

function endEvent(status: ExecutionStatus, { output, error, cause }: { output?: string; error?: string; cause?: string }): [type: string, details: object] {
  switch (status) {
    case 'SUCCEEDED': return ['ExecutionSucceeded', { executionSucceededEventDetails: { output } }];
    case 'TIMED_OUT': return ['ExecutionTimedOut', { executionTimedOutEventDetails: { error, cause } }];
    case 'ABORTED': return ['ExecutionAborted', { executionAbortedEventDetails: { error, cause } }];
    default: return ['ExecutionFailed', { executionFailedEventDetails: { error, cause } }];
  }
}
