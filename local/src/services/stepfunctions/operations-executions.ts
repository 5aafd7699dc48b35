import type { GetExecutionHistoryCommandInput, ListExecutionsCommandInput, StartExecutionCommandInput, StopExecutionCommandInput } from '@aws-sdk/client-sfn';
import { Execution } from './execution';
import { page } from './page';
import type { StateMachineRecord, StateMachineStore } from './state-machine-store';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';
import { type RequestContext, ServiceError } from '../../core/service';

export class ExecutionOperations {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: StateMachineStore, private readonly onChange: (execution: Execution) => void) {
    this.uuid = uuids(core, 'executions');
  }

  readonly StartExecution = (input: StartExecutionCommandInput) => {
    const { executionArn, startDate } = this.begin(this.store.machine(input.stateMachineArn!), input);
    return { executionArn, startDate };
  };

  readonly StartSyncExecution = async (input: StartExecutionCommandInput, context: RequestContext) => {
    const machine = this.store.machine(input.stateMachineArn!);
    if (machine.type !== 'EXPRESS') throw new ServiceError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
    const execution = this.store.execution(this.begin(machine, input).executionArn);
    await context.waiting(execution.ended);
    const { redriveCount, redriveStatus, ...described } = execution.describe() as Record<string, unknown>;
    return { ...described, billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 } };
  };

  readonly StopExecution = (input: StopExecutionCommandInput) => {
    const execution = this.store.execution(input.executionArn!);
    execution.stop(input.error, input.cause);
    return { stopDate: execution.stopDate };
  };

  readonly DescribeExecution = ({ executionArn }: { executionArn: string }) => this.store.execution(executionArn).describe();

  readonly ListExecutions = (input: ListExecutionsCommandInput) => {
    const machine = this.store.machine(input.stateMachineArn!);
    const executions = this.store.executionsOf(machine.arn).filter(({ status }) => !input.statusFilter || status === input.statusFilter);
    const { items, nextToken } = page(executions, input);
    return {
      executions: items.map(({ facts: { executionArn, name }, status, startDate, stopDate }) =>
        ({ executionArn, stateMachineArn: machine.arn, name, status, startDate, stopDate })),
      nextToken,
    };
  };

  readonly GetExecutionHistory = (input: GetExecutionHistoryCommandInput) => {
    const { events } = this.store.execution(input.executionArn!).history;
    const { items, nextToken } = page(input.reverseOrder ? [...events].reverse() : events, input);
    return { events: items, nextToken };
  };

  private begin(machine: StateMachineRecord, { name = this.uuid(), input = '{}' }: { name?: string; input?: string }): { executionArn: string; startDate: Date } {
    const executionArn = this.arnOf(machine, name);
    checkInput(input);
    const existing = this.store.executions.get(executionArn);
    if (existing) {
      // a start that is repeated while the first one runs is answered like it
      if (existing.status === 'RUNNING' && existing.facts.input === input) return { executionArn, startDate: existing.startDate };
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const execution = new Execution(this.core, { ...machine }, { executionArn, name, input }, this.onChange, async (arn) => {
      const child = this.store.execution(arn);
      await child.ended;
      return child.describe();
    }, this.uuid);
    this.store.executions.set(executionArn, execution);
    execution.start();
    return { executionArn, startDate: execution.startDate };
  }

  private arnOf(machine: StateMachineRecord, name: string): string {
    const base = machine.arn.replace(':stateMachine:', machine.type === 'EXPRESS' ? ':express:' : ':execution:');
    return machine.type === 'EXPRESS' ? `${base}:${name}:${this.uuid()}` : `${base}:${name}`;
  }
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
