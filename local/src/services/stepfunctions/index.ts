import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';
import type { EventsService } from '../events';
import type { Execution } from './execution';
import { ExecutionOperations } from './operations-executions';
import { StateMachineOperations } from './operations-state-machines';
import { StateMachineStore } from './state-machine-store';

/** Step Functions: aws-local-stepfunctions interprets, the engine's clock keeps the time, tasks call the engine's services. */
export function createStepFunctions(core: EngineCore): Service {
  const store = new StateMachineStore();
  return {
    name: 'stepfunctions',
    operations: operationsOf(
      new StateMachineOperations(core, store),
      new ExecutionOperations(core, store, (execution) => announce(core, execution)),
    ),
    stop: () => {
      for (const execution of store.executions.values()) if (execution.status === 'RUNNING') execution.stop();
    },
    simplified: {
      CreateStateMachine: 'JSONPath only; no JSONata, activities and task tokens; distributed maps read JSON, JSON Lines, CSV and listings, no manifests and Parquet; versions, logging and tracing without effect',
      GetExecutionHistory: 'states entered and left, failed tasks, beginning and end',
      StartExecution: 'tasks: Lambda, AWS SDK integrations of the served operations, SQS, SNS, EventBridge and nested executions; children of distributed maps are not listed',
    },
  };
}

/** Step Functions tells EventBridge of every change of an execution's status. */
function announce(core: EngineCore, { machine, facts, status, startDate, stopDate, output, error, cause }: Execution): void {
  if (machine.type === 'EXPRESS') return;
  core.service<EventsService>('events').emit({
    'source': 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    'resources': [facts.executionArn],
    'detail': {
      executionArn: facts.executionArn,
      stateMachineArn: machine.arn,
      name: facts.name,
      status,
      startDate: startDate.getTime(),
      stopDate: stopDate?.getTime() ?? null,
      input: facts.input,
      output: output ?? null,
      error: error ?? null,
      cause: cause ?? null,
    },
  });
}
