import { type Definition, states } from './definition';
import type { InterpreterEvent } from './interpreter';

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
  readonly [details: string]: unknown;
}

/** An execution's history in Step Functions' terms, made of what the interpreter tells. */
export class History {
  readonly events: HistoryEvent[] = [];

  constructor(private readonly now: () => number) {}

  add(type: string, details: object = {}): void {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId: id - 1, timestamp: new Date(this.now()), type, ...details });
  }

  /** Beginning and end of the execution itself are added by the execution. */
  observe({ type, state: seen, Error: error, Cause }: InterpreterEvent, definition: Definition): void {
    if (!seen) return;
    // a distributed map runs as a task, and is told as what it is
    const state = { ...seen, type: states(definition).find(([name]) => name === seen.name)?.[1].Type ?? seen.type };
    if (type === 'StateEntered') {this.add(`${state.type}StateEntered`, { stateEnteredEventDetails: { name: state.name, input: JSON.stringify(state.input) } });} else if (type === 'StateExited') {this.add(`${state.type}StateExited`, { stateExitedEventDetails: { name: state.name, output: JSON.stringify(state.output) } });} else if (type === 'StateFailed' && state.type === 'Task') {
      this.add('TaskFailed', { taskFailedEventDetails: { resourceType: 'task', resource: state.name, error, cause: typeof Cause === 'string' ? Cause : JSON.stringify(Cause) } });
    }
  }
}
