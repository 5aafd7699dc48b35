import { type Definition, states, withTaskTimeouts } from './definition';
import { History } from './history';
import { taskOf, type Task } from './integrations';
import { type InterpreterEvent, loadInterpreter } from './interpreter';
import type { StateMachineRecord } from './state-machine-store';
import { TaskError } from './task-error';
import type { EngineCore } from '../../core/engine';

const MAX_RESULT = 262_144;

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
  private abort: () => void = () => undefined;
  private end!: () => void;

  constructor(
    private readonly core: EngineCore, readonly machine: StateMachineRecord, readonly facts: ExecutionFacts,
    private readonly onChange: (execution: Execution) => void, private readonly waitForExecution: (arn: string) => Promise<unknown>,
  ) {
    this.startDate = new Date(core.clock.now());
    this.history = new History(() => core.clock.now());
    this.ended = new Promise((resolve) => { this.end = resolve; });
  }

  start(): void {
    this.history.add('ExecutionStarted', { executionStartedEventDetails: { input: this.facts.input, roleArn: this.machine.roleArn } });
    this.onChange(this);
    const { StateMachine } = loadInterpreter(this.core.clock);
    const definition = withTaskTimeouts(this.machine.definition);
    const run = new StateMachine(definition, { validationOptions: { noValidate: true } }).run(JSON.parse(this.facts.input), {
      overrides: { taskResourceLocalHandlers: this.handlers(definition) },
      context: this.context(),
    });
    this.abort = run.abort;
    void this.follow(run.result, this.observe(run.eventLogs));
  }

  stop(error?: string, cause?: string): void {
    this.finish('ABORTED', { error, cause });
    this.abort();
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
      if (this.status === 'RUNNING') this.history.observe(event);
    }
  }

  private handlers(definition: Definition): Record<string, Task> {
    const tasks = states(definition).filter(([, state]) => state.Type === 'Task');
    return Object.fromEntries(tasks.map(([name, { Resource }]) => [name, this.guarded(name, taskOf(this.core, Resource!, this.waitForExecution))]));
  }

  /** Nothing runs after a stop, and no result is larger than Step Functions lets pass. */
  private guarded(name: string, task: Task): Task {
    return async (input) => {
      if (this.status !== 'RUNNING') throw new TaskError('States.Aborted', 'the execution was stopped', { matchable: false });
      const result = await task(input);
      if (Buffer.byteLength(JSON.stringify(result) ?? '') > MAX_RESULT) {
        throw new TaskError('States.DataLimitExceeded', `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`, { matchable: false });
      }
      return result;
    };
  }

  private context(): object {
    const { executionArn, name } = this.facts;
    return { Execution: { Id: executionArn, Name: name, RoleArn: this.machine.roleArn }, StateMachine: { Id: this.machine.arn, Name: this.machine.name } };
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
