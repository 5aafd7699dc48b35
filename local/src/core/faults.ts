import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './clock';
import { type RequestContext, ServiceError } from './service';

/** Something that goes wrong on purpose: `POST /_local/faults`. */
export interface Fault {
  readonly service: string;
  readonly operation: string;
  readonly functionName?: string;
  /** Members of the input that must have these values. */
  readonly match?: Readonly<Record<string, unknown>>;
  /** Before the operation runs, or after it has (the caller does not learn that it succeeded). */
  readonly when: 'before' | 'after';
  readonly error?: {
    readonly code: string;
    readonly message?: string;
    readonly statusCode?: number;
    /** The header `Retry-After`, where the service has it. */
    readonly retryAfterSeconds?: number;
  };
  /** Kills the process of the Lambda function that makes the call. */
  readonly crash?: boolean;
  readonly delayMs?: number;
  /** How often; without it: always. */
  readonly times?: number;
}

/** What the Lambda service offers for crashes: it kills the process that owns the caller's access key. */
export interface CrashableProcesses {
  killProcess(accessKeyId: string): void;
}

export class FaultPlan {
  private readonly faults: Array<{ fault: Fault; left: number }> = [];

  constructor(private readonly clock: Clock, private readonly processes: () => CrashableProcesses) {}

  add(body: Readonly<Record<string, unknown>>): void {
    const fault = body as unknown as Fault;
    for (const member of ['service', 'operation'] as const) {
      if (typeof fault[member] !== 'string') throw new ServiceError('InvalidFault', `a fault needs "${member}"`);
    }
    if (fault.when !== 'before' && fault.when !== 'after') throw new ServiceError('InvalidFault', '"when" is "before" or "after"');
    if (!fault.error && !fault.crash && fault.delayMs === undefined) {
      throw new ServiceError('InvalidFault', 'a fault needs at least one of "error", "crash" and "delayMs"');
    }
    this.faults.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.faults.length = 0;
  }

  list(): Fault[] {
    return this.faults.map(({ fault, left }) => left === Infinity ? fault : { ...fault, times: left });
  }

  async strike(when: Fault['when'], context: RequestContext, input: Record<string, unknown>): Promise<void> {
    const index = this.faults.findIndex(({ fault }) => fault.when === when && applies(fault, context, input));
    if (index < 0) return;
    const entry = this.faults[index];
    if (--entry.left <= 0) this.faults.splice(index, 1);
    await this.carryOut(entry.fault, context);
  }

  private async carryOut({ service, operation, delayMs, crash, error }: Fault, { caller }: RequestContext): Promise<void> {
    if (delayMs !== undefined) await this.clock.sleep(delayMs, `delay of ${service}:${operation}`);
    if (crash) {
      if (!caller.functionName) throw new ServiceError('InvalidFault', `${service}:${operation} was called by no Lambda function: nothing to crash`);
      this.processes().killProcess(caller.accessKeyId);
      throw new ServiceError('ServiceUnavailable', 'the calling process has been killed', 503);
    }
    if (!error) return;
    const { code, message = code, statusCode, retryAfterSeconds } = error;
    throw new ServiceError(code, message, statusCode, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  }
}

function applies(fault: Fault, context: RequestContext, input: Record<string, unknown>): boolean {
  return fault.service === context.service && fault.operation === context.operation
    && (fault.functionName === undefined || fault.functionName === context.caller.functionName)
    && Object.entries(fault.match ?? {}).every(([name, value]) => isDeepStrictEqual(input[name], value));
}
