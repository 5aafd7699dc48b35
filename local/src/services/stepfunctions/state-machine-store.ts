import type { Definition } from './definition';
import type { Execution } from './execution';
import { ServiceError } from '../../core/service';

export interface StateMachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly creationDate: Date;
  definitionText: string;
  definition: Definition;
  roleArn: string;
  loggingConfiguration?: object;
  tracingConfiguration?: object;
  encryptionConfiguration?: object;
  revisionId: string;
  tags: Map<string, string>;
}

export class StateMachineStore {
  readonly machines = new Map<string, StateMachineRecord>();
  readonly executions = new Map<string, Execution>();

  machine(arn: string): StateMachineRecord {
    const machine = this.machines.get(arn);
    if (!machine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  execution(arn: string): Execution {
    const execution = this.executions.get(arn);
    if (!execution) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  executionsOf(machineArn: string): Execution[] {
    return [...this.executions.values()].filter(({ machine }) => machine.arn === machineArn).reverse();
  }
}
