import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';
import { ExecutionOperations } from './operations-executions';
import { StateMachineOperations } from './operations-state-machines';
import { StateMachineStore } from './state-machine-store';

/** Step Functions: aws-local-stepfunctions interprets, the engine's clock keeps the time, tasks call the engine's services. */
export function createStepFunctions(core: EngineCore): Service {
  const store = new StateMachineStore();
  return {
    name: 'stepfunctions',
    operations: {
      ...new StateMachineOperations(core, store),
      ...new ExecutionOperations(core, store),
    },
    stop: () => {
      for (const execution of store.executions.values()) if (execution.status === 'RUNNING') execution.stop();
    },
    simplified: {
      CreateStateMachine: 'JSONPath only; no JSONata, activities, task tokens, item readers and result writers; versions, logging and tracing without effect',
      GetExecutionHistory: 'states entered and left, failed tasks, beginning and end',
      StartExecution: 'tasks: Lambda, AWS SDK integrations of the served operations, SQS, SNS, EventBridge and nested executions',
    },
  };
}
