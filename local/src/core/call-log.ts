import type { Caller } from './service';

export interface RecordedCall {
  /** Virtual time. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly callerArn: string;
  readonly functionName?: string;
  /** `wire`: a client's; `engine`: a service's own call of another. */
  readonly via: 'wire' | 'engine';
  readonly errorCode?: string;
  readonly requestId: string;
}

const CAPACITY = 20_000;

/** The last calls, oldest first, and how many there were of each kind. */
export class CallLog {
  private calls: RecordedCall[] = [];
  private readonly counts = new Map<string, number>();

  record(call: RecordedCall): void {
    this.calls.push(call);
    // dropping half at a time keeps the cost of a call constant
    if (this.calls.length > CAPACITY) this.calls = this.calls.slice(CAPACITY / 2);
    const key = `${call.service}:${call.operation}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  list(): { calls: RecordedCall[]; counts: Record<string, number> } {
    return { calls: [...this.calls], counts: Object.fromEntries([...this.counts].sort()) };
  }

  clear(): void {
    this.calls = [];
    this.counts.clear();
  }
}

export function describeCaller(caller: Caller): { callerArn: string; functionName?: string } {
  return { callerArn: caller.arn, ...(caller.functionName && { functionName: caller.functionName }) };
}
