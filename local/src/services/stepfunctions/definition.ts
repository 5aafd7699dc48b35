import { isDistributedMap, mapProblem, refuseUnknownMapParts } from './distributed-map-definition';
import type { Interpreter } from './interpreter';
import { ServiceError } from '../../core/service';

/** A state machine in the Amazon States Language, as far as the engine looks into it. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
  /** Of an ItemProcessor. */
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' | 'DISTRIBUTED'; readonly ExecutionType?: 'STANDARD' | 'EXPRESS' };
}

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly QueryLanguage?: string;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly ResultSelector?: object;
  readonly Retry?: readonly object[];
  readonly Catch?: readonly object[];
  readonly Next?: string;
  readonly End?: boolean;
  readonly Branches?: readonly Definition[];
  readonly Iterator?: Definition;
  readonly ItemProcessor?: Definition;
}

const DEFINITION_FIELDS = ['Iterator', 'ItemProcessor'] as const;

/** Reads a definition as CreateStateMachine does: what is not valid is refused. */
export function parseDefinition(text: string, { StateMachine }: Interpreter, type: 'STANDARD' | 'EXPRESS'): Definition {
  let definition: Definition;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`);
  }
  refuseWhatCannotRun(definition);
  for (const [name, state] of states(definition)) {
    const problem = type === 'EXPRESS' && isDistributedMap(state) ? `Map states in DISTRIBUTED mode are not supported in EXPRESS state machines at /States/${name}` : mapProblem(name, state);
    if (problem) throw invalid(`SCHEMA_VALIDATION_FAILED: ${problem}`);
  }
  validate(text, definition, StateMachine);
  return definition;
}

/** Definitions that were found valid in this process: the validator compiles its schemas anew each time, which takes most of a CreateStateMachine. */
const valid = new Set<string>();

function validate(text: string, definition: Definition, StateMachine: Interpreter['StateMachine']): void {
  if (valid.has(text)) return;
  try {
    new StateMachine(definition);
  } catch (error) {
    throw invalid(`SCHEMA_VALIDATION_FAILED: ${(error as Error).message.split('\n').slice(1).join('\n').trim()}`);
  }
  valid.add(text);
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
    refuseUnknownMapParts(name, state);
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
