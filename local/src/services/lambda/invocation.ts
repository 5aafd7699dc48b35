import { throttled } from './errors';
import type { FunctionProcess, Outcome } from './function-process';
import type { FunctionVersion, ResolvedFunction } from './function-store';
import type { LogSink, ProcessPool } from './process-pool';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';

/** The largest answer of a function, in bytes. */
const MAX_RESPONSE = 6 * 1024 * 1024 + 100;
const LOG_TAIL = 4_096;

export interface InvocationResult extends Outcome {
  readonly requestId: string;
  /** The end of the log that the invocation wrote. */
  readonly logTail: string;
}

export interface InvocationRequest {
  readonly payload: string;
  readonly clientContext?: unknown;
  /** Tries of one asynchronous invocation share it. */
  readonly requestId?: string;
  /** Of whoever has traced the request before. */
  readonly traceId?: string;
}

/** Runs invocations in the functions' processes, with Lambda's frame around them: concurrency, time-out, report in the log. */
export class Invoker {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly pool: ProcessPool, private readonly log: LogSink) {
    this.uuid = uuids(core, 'lambda-requests');
  }

  async run({ record, version, invokedArn }: ResolvedFunction, request: InvocationRequest): Promise<InvocationResult> {
    if (record.reservedConcurrency !== undefined && this.pool.busy(record.name) >= record.reservedConcurrency) {
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    const release = this.core.clock.hold();
    try {
      return await this.pool.with(version, (process) => this.runIn(process, version, invokedArn, request));
    } finally {
      release();
    }
  }

  private async runIn(process: FunctionProcess, version: FunctionVersion, invokedFunctionArn: string, request: InvocationRequest): Promise<InvocationResult> {
    const { configuration } = version;
    const requestId = request.requestId ?? this.uuid();
    const start = this.core.clock.now();
    const timeoutMs = configuration.Timeout! * 1000;
    const logged: string[] = [];
    const log = (message: string) => this.log(version, process.logStream, message);
    this.collectors.set(process.logStream, logged);
    log(`START RequestId: ${requestId} Version: ${configuration.Version}`);
    const timer = this.core.clock.schedule(timeoutMs, 'expiry', `time-out of ${configuration.FunctionName}`, () => void process.kill(timedOut(requestId, configuration.Timeout!)));
    try {
      const outcome = checkSize(await process.invoke({
        requestId,
        invokedFunctionArn,
        now: start,
        deadline: start + timeoutMs,
        payload: request.payload,
        clientContext: request.clientContext,
        traceId: request.traceId ?? this.traceId(start),
      }));
      if (!process.alive) log(JSON.parse(outcome.payload).errorMessage);
      const ms = (this.core.clock.now() - start).toFixed(2);
      log(`END RequestId: ${requestId}`);
      log(`REPORT RequestId: ${requestId}\tDuration: ${ms} ms\tBilled Duration: ${Math.ceil(Number(ms))} ms\tMemory Size: ${configuration.MemorySize} MB${memoryOf(process)}`);
      return { ...outcome, requestId, logTail: tail(logged) };
    } finally {
      timer.cancel();
      this.collectors.delete(process.logStream);
    }
  }

  traceId(now: number): string {
    return `Root=1-${Math.floor(now / 1000).toString(16)}-${this.uuid().replaceAll('-', '').slice(0, 24)};Sampled=0`;
  }

  /** What each running invocation has logged, by log stream: a stream belongs to one process, a process to one invocation. */
  private readonly collectors = new Map<string, string[]>();

  collect(logStream: string, message: string): void {
    this.collectors.get(logStream)?.push(message);
  }
}

function timedOut(requestId: string, seconds: number): Outcome {
  return { payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds` }), failed: true };
}

function checkSize(outcome: Outcome): Outcome {
  const size = Buffer.byteLength(outcome.payload);
  if (size <= MAX_RESPONSE) return outcome;
  return { payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE} bytes).` }), failed: true };
}

function tail(lines: string[]): string {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return text.subarray(Math.max(0, text.length - LOG_TAIL)).toString('base64');
}

function memoryOf({ maxMemoryMb }: FunctionProcess): string {
  return maxMemoryMb === undefined ? '' : `\tMax Memory Used: ${maxMemoryMb} MB`;
}
