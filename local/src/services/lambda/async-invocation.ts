import { parseFunctionReference } from './function-reference';
import { type FunctionStore, LATEST, type ResolvedFunction } from './function-store';
import type { InvocationResult, Invoker } from './invocation';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';
import { ServiceError } from '../../core/service';

const MAX_RETRIES = 2;
const MAX_AGE_SECONDS = 21_600;
/** Lambda waits a minute before the second try, two before the third. */
const RETRY_DELAYS = [60_000, 120_000];
const THROTTLE_DELAY = 1_000;

/** Invocations that nobody waits for: tried again when they fail, then handed to the destinations. */
export class AsyncInvoker {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore, private readonly invoker: Invoker) {
    this.uuid = uuids(core, 'lambda-events');
  }

  /** Accepts the event and returns at once. */
  start(functionArn: string, payload: string): void {
    // held from here, so that the clock does not jump before the first try has begun
    const release = this.core.clock.hold();
    void this.run(functionArn, payload, release);
  }

  private async run(functionArn: string, payload: string, release: () => void): Promise<void> {
    const requestId = this.uuid();
    const accepted = this.core.clock.now();
    let held = release;
    try {
      for (let attempt = 1; ; attempt++) {
        const target = this.resolve(functionArn);
        if (!target) return;
        const result = await this.attempt(target, payload, requestId);
        if (result && !result.failed) return await this.deliver(target, 'OnSuccess', 'Success', attempt, requestId, payload, result);
        const delay = result ? RETRY_DELAYS[attempt - 1] ?? 0 : THROTTLE_DELAY;
        const exhausted = this.exhausted(target, attempt, this.core.clock.now() + delay - accepted, result !== undefined);
        if (exhausted) return await this.deliver(target, 'OnFailure', exhausted, attempt, requestId, payload, result);
        if (!result) attempt--;
        held();
        await this.core.clock.sleep(delay, `retry of ${functionArn}`);
        held = this.core.clock.hold();
      }
    } finally {
      held();
    }
  }

  /** The function may have gone since the event was accepted. */
  private resolve(functionArn: string): ResolvedFunction | undefined {
    const { name, qualifier } = parseFunctionReference(functionArn);
    return this.store.find(name) && this.store.resolve(name, qualifier);
  }

  /** `undefined`: throttled, to be tried again without counting. */
  private async attempt(target: ResolvedFunction, payload: string, requestId: string): Promise<InvocationResult | undefined> {
    try {
      return await this.invoker.run(target, { payload, requestId });
    } catch (error) {
      if (error instanceof ServiceError && error.name === 'TooManyRequestsException') return undefined;
      const message = error instanceof Error ? error.message : String(error);
      return { payload: JSON.stringify({ errorType: (error as Error).name, errorMessage: message }), failed: true, requestId, logTail: '' };
    }
  }

  private exhausted(target: ResolvedFunction, attempt: number, ageAtNextTry: number, counts: boolean): string | undefined {
    const config = configOf(target);
    if (counts && attempt > (config?.MaximumRetryAttempts ?? MAX_RETRIES)) return 'RetriesExhausted';
    return ageAtNextTry > (config?.MaximumEventAgeInSeconds ?? MAX_AGE_SECONDS) * 1000 ? 'EventAgeExceeded' : undefined;
  }

  private async deliver(
    target: ResolvedFunction, outcome: 'OnSuccess' | 'OnFailure', condition: string, attempts: number, requestId: string, payload: string, result?: InvocationResult,
  ): Promise<void> {
    const destination = configOf(target)?.DestinationConfig?.[outcome]?.Destination;
    if (destination) {
      await this.send(destination, JSON.stringify({
        version: '1.0',
        timestamp: new Date(this.core.clock.now()).toISOString(),
        requestContext: { requestId, functionArn: `${target.record.arn}:${target.version.configuration.Version}`, condition, approximateInvokeCount: attempts },
        requestPayload: JSON.parse(payload),
        responseContext: { statusCode: 200, executedVersion: target.version.configuration.Version, ...(result?.failed && { functionError: 'Unhandled' }) },
        responsePayload: result && JSON.parse(result.payload),
      }));
    }
    const deadLetters = target.version.configuration.DeadLetterConfig?.TargetArn;
    if (outcome === 'OnFailure' && deadLetters) {
      const error = result ? String(JSON.parse(result.payload).errorMessage ?? '') : condition;
      await this.send(deadLetters, payload, {
        RequestID: { DataType: 'String', StringValue: requestId },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: error.slice(0, 1024) || 'Unhandled' },
      });
    }
  }

  private async send(arn: string, body: string, attributes?: object): Promise<void> {
    const [, , service, , account, name] = arn.split(':');
    if (service === 'sqs') {
      await this.core.call('sqs', 'SendMessage', { QueueUrl: `${this.core.endpoint}/${account}/${name}`, MessageBody: body, ...(attributes && { MessageAttributes: attributes }) });
    } else if (service === 'sns') {
      await this.core.call('sns', 'Publish', { TopicArn: arn, Message: body, ...(attributes && { MessageAttributes: attributes }) });
    } else if (service === 'lambda') {
      this.start(arn, body);
    }
  }
}

function configOf({ record, version, invokedArn }: ResolvedFunction) {
  const { qualifier } = parseFunctionReference(invokedArn);
  return record.eventInvokeConfigs.get(qualifier ?? LATEST) ?? record.eventInvokeConfigs.get(version.configuration.Version);
}
