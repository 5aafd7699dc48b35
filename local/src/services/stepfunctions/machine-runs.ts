import { type Definition, states } from './definition';
import { runDistributedMap } from './distributed-map';
import { isDistributedMap } from './distributed-map-definition';
import { taskOf, type Task } from './integrations';
import { type InterpreterEvent, loadInterpreter, LONGEST_TASK_SECONDS } from './interpreter';
import { TaskError } from './task-error';
import { actingAs, roleCaller } from '../../core/acting-as';
import type { EngineCore } from '../../core/engine';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what flows through a state machine is any JSON */
type Json = any;

const MAX_RESULT = 262_144;

export interface RunFacts {
  readonly executionArn: string;
  readonly name: string;
  readonly machine: { readonly arn: string; readonly name: string; readonly roleArn: string };
}

/** What runs need of the engine around them. */
export interface RunSurroundings {
  readonly core: EngineCore;
  readonly waitForExecution: (arn: string) => Promise<Json>;
  readonly isRunning: () => boolean;
  readonly uuid: () => string;
  readonly announce: (type: string, details?: object) => void;
}

/** An execution's run of its definition, and the runs of the children of its distributed maps. */
export class MachineRuns {
  private readonly aborts = new Set<() => void>();

  constructor(private readonly surroundings: RunSurroundings) {}

  start(definition: Definition, input: Json, facts: RunFacts): { result: Promise<Json>; eventLogs: AsyncIterable<InterpreterEvent> } {
    const { StateMachine } = loadInterpreter(this.surroundings.core.clock);
    const run = new StateMachine(interpretable(definition), { validationOptions: { noValidate: true } }).run(input, {
      overrides: { taskResourceLocalHandlers: this.handlers(definition, input, facts) },
      context: contextOf(facts),
    });
    this.aborts.add(run.abort);
    const done = () => void this.aborts.delete(run.abort);
    run.result.then(done, done);
    return run;
  }

  abort(): void {
    for (const abort of this.aborts) abort();
  }

  private handlers(definition: Definition, input: Json, facts: RunFacts): Record<string, Task> {
    const { waitForExecution } = this.surroundings;
    const core = this.inRole(facts);
    return Object.fromEntries(states(definition).flatMap(([name, state]) => {
      if (isDistributedMap(state)) return [[name, this.guarded(name, this.mapOf(name, state, input, facts))]];
      return state.Type === 'Task' ? [[name, this.guarded(name, taskOf(core, state.Resource!, waitForExecution))]] : [];
    }));
  }

  private inRole({ machine, name }: RunFacts): EngineCore {
    const { core } = this.surroundings;
    return actingAs(core, roleCaller(core, machine.roleArn, name));
  }

  private mapOf(name: string, state: Parameters<typeof runDistributedMap>[1], executionInput: Json, facts: RunFacts): Task {
    const { uuid, announce } = this.surroundings;
    const core = this.inRole(facts);
    const interpreter = loadInterpreter(core.clock);
    const StartTime = new Date(core.clock.now()).toISOString();
    return (input) => {
      const own = contextOf(facts);
      return runDistributedMap(name, state, input, {
        core,
        interpreter,
        uuid,
        announce,
        machineArn: facts.machine.arn,
        context: { ...own, Execution: { ...own.Execution, Input: executionInput, StartTime } },
        runChild: (item, executionArn, child) => this.child(state.ItemProcessor, item, { ...facts, executionArn, name: child }),
      });
    };
  }

  private async child(definition: Definition, input: Json, facts: RunFacts): Promise<Json> {
    try {
      return await this.start(definition, input, facts).result;
    } catch (error) {
      throw (error as { cause?: Error }).cause ?? error;
    }
  }

  /** Nothing runs after a stop, and no result is larger than Step Functions lets pass. */
  private guarded(name: string, task: Task): Task {
    return async (input) => {
      if (!this.surroundings.isRunning()) throw new TaskError('States.Aborted', 'the execution was stopped', { matchable: false });
      const result = await task(input);
      if (Buffer.byteLength(JSON.stringify(result) ?? '') > MAX_RESULT) {
        throw new TaskError('States.DataLimitExceeded', `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`, { matchable: false });
      }
      return result;
    };
  }
}

function contextOf({ executionArn, name, machine }: RunFacts) {
  return { Execution: { Id: executionArn, Name: name, RoleArn: machine.roleArn }, StateMachine: { Id: machine.arn, Name: machine.name } };
}

/**
 * The definition as the interpreter runs it: with Step Functions' own default of a task's time-out, where the interpreter has another one,
 * and with a task in the place of each Map state in distributed mode, which it would run as any other Map.
 */
function interpretable(definition: Definition): Definition {
  const inner = (state: Definition['States'][string]): Definition['States'][string] => {
    if (isDistributedMap(state)) {
      const { InputPath, OutputPath, ResultPath, ResultSelector, Retry, Catch, Next, End } = state;
      const fields = { InputPath, OutputPath, ResultPath, ResultSelector, Retry, Catch, Next, End };
      const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      return { Type: 'Task', Resource: 'distributed map', TimeoutSeconds: LONGEST_TASK_SECONDS, ...present };
    }
    return {
      ...state,
      ...(state.Type === 'Task' && !state.TimeoutSeconds && !state.TimeoutSecondsPath && { TimeoutSeconds: LONGEST_TASK_SECONDS }),
      ...(state.Branches && { Branches: state.Branches.map(interpretable) }),
      ...(state.Iterator && { Iterator: interpretable(state.Iterator) }),
      ...(state.ItemProcessor && { ItemProcessor: interpretable(state.ItemProcessor) }),
    };
  };
  return { ...definition, States: Object.fromEntries(Object.entries(definition.States).map(([name, state]) => [name, inner(state)])) };
}
