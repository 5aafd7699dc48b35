import { paginateListExecutions, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Executions } from './ports';
import { errorName } from '../shared/errors';

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

  async* running(stateMachineArn: string, namePrefix: string): AsyncIterable<string> {
    for await (const { executions = [] } of paginateListExecutions({ client: this.client }, { stateMachineArn, statusFilter: 'RUNNING' })) {
      for (const { name, executionArn } of executions) if (name!.startsWith(namePrefix)) yield executionArn!;
    }
  }

  async stop(executionArn: string, cause: string): Promise<void> {
    await this.client.send(new StopExecutionCommand({ executionArn, error: 'Removed', cause }));
  }
}
