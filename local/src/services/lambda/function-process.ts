import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Interpreter } from './runtimes';

/** What goes to the process for each invocation (see bootstrap/channel.cjs). */
export interface InvocationFrame {
  readonly requestId: string;
  readonly payload: string;
  readonly invokedFunctionArn: string;
  readonly now: number;
  readonly deadline: number;
  readonly traceId: string;
  readonly clientContext?: unknown;
}

/** What an invocation comes to: the payload is the function's answer, or Lambda's description of the error. */
export interface Outcome {
  readonly payload: string;
  readonly failed: boolean;
}

type Frame =
  | { readonly type: 'log'; readonly message: string }
  | Ended & { readonly type: 'done'; readonly payload: string }
  | Ended & { readonly type: 'failed'; readonly error: object };

interface Ended {
  readonly requestId: string;
  /** The most that the process has had so far, where its runtime tells. */
  readonly maxMemoryMb?: number;
}

const BOOTSTRAPS: Record<Interpreter, () => [command: string, script: string]> = {
  node: () => [process.execPath, 'node.cjs'],
  python: () => ['python3', 'python.py'],
};

/** One process of one version of a function: runs one invocation at a time, is used again while it lives. */
export class FunctionProcess {
  readonly logStream: string;
  readonly accessKeyId: string;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private pending?: { readonly requestId: string; readonly settle: (outcome: Outcome) => void };
  /** Why it was killed, for the one whose invocation dies with it. */
  private killedWith?: Outcome;
  alive = true;
  maxMemoryMb?: number;

  constructor(interpreter: Interpreter, environment: NodeJS.ProcessEnv, private readonly onLog: (message: string) => void) {
    this.logStream = environment.AWS_LAMBDA_LOG_STREAM_NAME!;
    this.accessKeyId = environment.AWS_ACCESS_KEY_ID!;
    const [command, script] = BOOTSTRAPS[interpreter]();
    this.child = spawn(command, [path.join(__dirname, 'bootstrap', script)], {
      cwd: environment.LAMBDA_TASK_ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.onLog(error.message);
        this.onEnd(`exit status ${(error as NodeJS.ErrnoException).code ?? 1}`);
        resolve();
      });
      this.child.once('close', (code, signal) => {
        this.onEnd(signal ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}` : `exit status ${code}`);
        resolve();
      });
    });
    createInterface({ input: this.child.stdio[4] as Readable }).on('line', (line) => this.onFrame(JSON.parse(line)));
    for (const stream of [this.child.stdout!, this.child.stderr!]) createInterface({ input: stream }).on('line', this.onLog);
    // a process that died is told by `close`, not by the pipe
    this.requests.on('error', () => undefined);
  }

  invoke(frame: InvocationFrame): Promise<Outcome> {
    return new Promise((settle) => {
      this.pending = { requestId: frame.requestId, settle };
      if (this.alive) this.requests.write(`${JSON.stringify(frame)}\n`);
      else this.onEnd('exit status 1');
    });
  }

  /** Ends the process at once; an invocation that it runs gets `outcome`, without one what Lambda says of a process that exits. */
  async kill(outcome?: Outcome): Promise<void> {
    this.killedWith = outcome;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private get requests(): Writable {
    return this.child.stdio[3] as Writable;
  }

  private onFrame(frame: Frame): void {
    if (frame.type === 'log') {this.onLog(frame.message);} else if (frame.requestId === this.pending?.requestId) {
      this.maxMemoryMb = frame.maxMemoryMb;
      this.settle(frame.type === 'done' ? { payload: frame.payload, failed: false } : { payload: JSON.stringify(frame.error), failed: true });
    }
  }

  private onEnd(how: string): void {
    this.alive = false;
    if (!this.pending) return;
    this.settle(this.killedWith ?? {
      payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${this.pending.requestId} Error: Runtime exited with error: ${how}` }),
      failed: true,
    });
  }

  private settle(outcome: Outcome): void {
    const { settle } = this.pending!;
    this.pending = undefined;
    settle(outcome);
  }
}
