import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Executions } from './ports';
import { errorName } from '../shared/errors';

/** What a state machine's own words say of an execution that goes on. */
const UNDER_WAY = ['RUNNING', 'PENDING_REDRIVE'];

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

  async isRunning(stateMachineArn: string, name: string): Promise<boolean> {
    try {
      const { status } = await this.client.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) }));
      return UNDER_WAY.includes(status!);
    } catch (error) {
      if (errorName(error) === 'ExecutionDoesNotExist') return false;
      throw error;
    }
  }
}

/** `arn:<partition>:states:<region>:<account>:execution:<state machine>:<name>` */
export function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
