import {
  DescribeExecutionCommand, type ExecutionStatus, paginateListExecutions, SFNClient, StartExecutionCommand, StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { errorName } from './errors';

/** Executions of a state machine. */
export interface Executions {
  start(stateMachineArn: string, name: string): Promise<void>;
  /** ARNs of those that go on and whose names begin so. */
  running(stateMachineArn: string, namePrefix: string): AsyncIterable<string>;
  /** Why the newest of those that failed and whose names begin so has failed. */
  failure(stateMachineArn: string, namePrefix: string): Promise<string | undefined>;
  stop(executionArn: string, why: string): Promise<void>;
}

export class StepFunctionsExecutions implements Executions {
  constructor(private readonly client: SFNClient) {}

  async start(stateMachineArn: string, name: string): Promise<void> {
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn, name, input: '{}' }));
    } catch (error) {
      // the answer to an earlier call was lost, and that execution has ended already
      if (errorName(error) !== 'ExecutionAlreadyExists') throw error;
    }
  }

  running(stateMachineArn: string, namePrefix: string): AsyncIterable<string> {
    return this.list(stateMachineArn, 'RUNNING', namePrefix);
  }

  async failure(stateMachineArn: string, namePrefix: string): Promise<string | undefined> {
    // newest first
    for await (const executionArn of this.list(stateMachineArn, 'FAILED', namePrefix)) {
      const { error, cause } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      return messageIn(cause) ?? error ?? 'no reason was given';
    }
    return undefined;
  }

  async stop(executionArn: string, cause: string): Promise<void> {
    await this.client.send(new StopExecutionCommand({ executionArn, error: 'Removed', cause }));
  }

  private async* list(stateMachineArn: string, statusFilter: ExecutionStatus, namePrefix: string): AsyncIterable<string> {
    for await (const { executions = [] } of paginateListExecutions({ client: this.client }, { stateMachineArn, statusFilter })) {
      for (const { name, executionArn } of executions) if (name!.startsWith(namePrefix)) yield executionArn!;
    }
  }
}

/** Of a function that failed, the cause is JSON. */
function messageIn(cause: string | undefined): string | undefined {
  try {
    return (JSON.parse(cause ?? '') as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}
