import { type Interpreter, LONGEST_TASK_SECONDS } from './interpreter';
import { ServiceError } from '../../core/service';

/** A state machine in the Amazon States Language, as far as the engine looks into it. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
}

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly QueryLanguage?: string;
  readonly ItemReader?: object;
  readonly ResultWriter?: object;
  readonly Branches?: readonly Definition[];
  readonly Iterator?: Definition;
  readonly ItemProcessor?: Definition;
}

const DEFINITION_FIELDS = ['Iterator', 'ItemProcessor'] as const;

/** Reads a definition as CreateStateMachine does: what is not valid is refused. */
export function parseDefinition(text: string, { StateMachine }: Interpreter): Definition {
  let definition: Definition;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`);
  }
  refuseWhatCannotRun(definition);
  try {
    new StateMachine(definition);
  } catch (error) {
    throw invalid(`SCHEMA_VALIDATION_FAILED: ${(error as Error).message.split('\n').slice(1).join('\n').trim()}`);
  }
  return definition;
}

function invalid(reason: string): ServiceError {
  return new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${reason}'`);
}

/** What Step Functions would run and the engine would not is refused at once and by name. */
function refuseWhatCannotRun(definition: Definition): void {
  const refuse = (what: string) => new ServiceError('NotImplemented', `the local engine does not run ${what}`, 501);
  if (definition.QueryLanguage === 'JSONata') throw refuse('state machines in JSONata');
  for (const [name, state] of states(definition)) {
    if (state.QueryLanguage === 'JSONata') throw refuse(`states in JSONata (${name})`);
    if (state.ItemReader || state.ResultWriter) throw refuse(`Map states with an ItemReader or a ResultWriter (${name})`);
    if (state.Resource?.includes('.waitForTaskToken') || state.Resource?.includes(':activity:')) throw refuse(`tasks that wait for a token or an activity (${name})`);
  }
}

/** Every state, those of branches and iterations too; names are unique throughout a state machine. */
export function states(definition: Definition): Array<[name: string, state: State]> {
  return Object.entries(definition?.States ?? {}).flatMap(([name, state]) => {
    const inner = [...(state.Branches ?? []), ...DEFINITION_FIELDS.flatMap((field) => state[field] ?? [])];
    return [[name, state] as [string, State], ...inner.flatMap(states)];
  });
}

/** The same definition with Step Functions' own default of a task's time-out, where the interpreter has another one. */
export function withTaskTimeouts(definition: Definition): Definition {
  const inner = (state: State): State => ({
    ...state,
    ...(state.Type === 'Task' && !state.TimeoutSeconds && !state.TimeoutSecondsPath && { TimeoutSeconds: LONGEST_TASK_SECONDS }),
    ...(state.Branches && { Branches: state.Branches.map(withTaskTimeouts) }),
    ...Object.fromEntries(DEFINITION_FIELDS.filter((field) => state[field]).map((field) => [field, withTaskTimeouts(state[field]!)])),
  });
  return { ...definition, States: Object.fromEntries(Object.entries(definition.States).map(([name, state]) => [name, inner(state)])) };
}
