import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { Clock } from '../../core/clock';

/** What the engine uses of aws-local-stepfunctions. */
export interface Interpreter {
  /** Its own evaluation of templates and paths, which it does not export. */
  processPayloadTemplate(template: unknown, input: unknown, context: object): unknown;
  jsonPathQuery(path: string, input: unknown, context: object): unknown;

  readonly StateMachine: new (definition: object, options?: object) => {
    run(input: unknown, options: object): { abort(): void; result: Promise<unknown>; eventLogs: AsyncIterable<InterpreterEvent> };
  };
}

export interface InterpreterEvent {
  readonly type: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly Error?: string;
  readonly Cause?: unknown;
  readonly state?: { readonly name: string; readonly type: string; readonly input: unknown; readonly output?: unknown };
}

/** No task waits longer than this: a timer of that length is the interpreter's way to say "never". */
export const LONGEST_TASK_SECONDS = 99_999_999;

const loaded = new WeakMap<Clock, Interpreter>();

/**
 * The interpreter, living in the engine's time: its module is compiled with the clock in the place of setTimeout and Date, so
 * that waits, retries and time-outs are events of the clock.
 */
export function loadInterpreter(clock: Clock): Interpreter {
  let interpreter = loaded.get(clock);
  if (!interpreter) {
    interpreter = compile(clock);
    loaded.set(clock, interpreter);
  }
  return interpreter;
}

function compile(clock: Clock): Interpreter {
  const file = require.resolve('aws-local-stepfunctions');
  const injected = { ...timers(clock), Date: dateOf(clock), Promise: promiseWithResolvers() };
  const names = ['exports', 'require', 'module', '__filename', '__dirname', ...Object.keys(injected)];
  // compiled as a function of this realm, where plain objects are plain to the interpreter too
  const factory = new Function(...names, `${fs.readFileSync(file, 'utf8')}\nObject.assign(module.exports, { processPayloadTemplate, jsonPathQuery });\n//# sourceURL=${file}`);
  const module = { exports: {} };
  factory(module.exports, requireOf(file), module, file, path.dirname(file), ...Object.values(injected));
  return module.exports as Interpreter;
}

/** The interpreter's own AWS clients are never used (every task has a handler) and slow to load. */
function requireOf(file: string): (name: string) => unknown {
  const real = createRequire(file);
  return (name) => (name.startsWith('@aws-sdk/') ? {} : real(name));
}

function timers(clock: Clock) {
  return {
    setTimeout: (callback: () => void, ms: number) => (ms >= LONGEST_TASK_SECONDS * 1000 ? undefined : clock.schedule(ms, 'work', 'state machine', callback)),
    clearTimeout: (timer: { cancel(): void } | undefined) => timer?.cancel(),
  };
}

function dateOf(clock: Clock): DateConstructor {
  return class extends Date {
    static now = () => clock.now();
    constructor(...args: [] | [string | number]) {
      super(args.length === 0 ? clock.now() : args[0]);
    }
  } as unknown as DateConstructor;
}

/** Node 20 lacks Promise.withResolvers, which the interpreter uses. */
function promiseWithResolvers(): PromiseConstructor {
  return class <T> extends Promise<T> {
    static withResolvers() {
      let resolve!: (value: unknown) => void;
      let reject!: (reason: unknown) => void;
      const promise = new Promise((accept, refuse) => {
        resolve = accept;
        reject = refuse;
      });
      return { promise, resolve, reject };
    }
  } as unknown as PromiseConstructor;
}
