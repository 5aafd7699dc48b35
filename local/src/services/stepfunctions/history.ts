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
  observe({ type, state, Error: error, Cause }: InterpreterEvent): void {
    if (!state) return;
    if (type === 'StateEntered') {this.add(`${state.type}StateEntered`, { stateEnteredEventDetails: { name: state.name, input: JSON.stringify(state.input) } });} else if (type === 'StateExited') {this.add(`${state.type}StateExited`, { stateExitedEventDetails: { name: state.name, output: JSON.stringify(state.output) } });} else if (type === 'StateFailed' && state.type === 'Task') {
      this.add('TaskFailed', { taskFailedEventDetails: { resourceType: 'task', resource: state.name, error, cause: typeof Cause === 'string' ? Cause : JSON.stringify(Cause) } });
    }
  }
}
