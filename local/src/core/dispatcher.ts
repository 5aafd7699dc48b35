import type { CallLog } from './call-log';
import { describeCaller } from './call-log';
import type { Clock } from './clock';
import type { FaultPlan } from './faults';
import { type Operation, type RequestContext, type Service, ServiceError } from './service';
import { constraintError } from '../wire/constraint-errors';
import { violations } from '../wire/constraints';
import { type ServiceModel, structure, loadModel } from '../wire/model';

/** Judges calls; what is not allowed throws the service's own error. */
export interface Permissions {
  allow(context: RequestContext, input: Record<string, unknown>): Promise<void>;
  allowAnswer(context: RequestContext, answer: object): Promise<void>;
  hideMissing(context: RequestContext, input: Record<string, unknown>, error: unknown): Promise<void>;
}

/** The one way to an operation, from the wire and from inside: served or not, constraints, faults, the log of calls. */
export class Dispatcher {
  constructor(
    private readonly services: ReadonlyMap<string, Service>,
    private readonly clock: Clock,
    private readonly calls: CallLog,
    private readonly faults: FaultPlan,
    /** Absent: everybody may do everything. */
    private readonly permissions?: Permissions,
  ) {}

  /** `read` gives the model's members with values of their types; what it throws is the call's own error. */
  async run(context: RequestContext, read: () => Record<string, unknown>, via: 'wire' | 'engine'): Promise<Record<string, unknown>> {
    let errorCode: string | undefined;
    try {
      return await this.perform(context, read);
    } catch (error) {
      errorCode = error instanceof ServiceError ? error.code : 'InternalFailure';
      throw error;
    } finally {
      const { service, operation, caller, requestId } = context;
      this.calls.record({
        time: new Date(this.clock.now()).toISOString(),
        service,
        operation,
        ...describeCaller(caller),
        via,
        requestId,
        ...(errorCode && { errorCode }),
      });
    }
  }

  private async perform(context: RequestContext, read: () => Record<string, unknown>): Promise<Record<string, unknown>> {
    const { service, operation } = context;
    const action = this.services.get(service)?.operations[operation];
    const model = loadModel(service);
    if (!action || !model.operations[operation]) throw notServed(model, operation);
    const input = read();
    const broken = violations(model, structure(model, model.operations[operation].input), input);
    if (broken.length > 0) throw constraintError(service, broken);
    await this.permissions?.allow(context, input);
    await this.faults.strike('before', context, input);
    const output = await this.act(action, input, context);
    await this.permissions?.allowAnswer(context, output);
    await this.faults.strike('after', context, input);
    return output;
  }

  private async act(action: Operation, input: Record<string, unknown>, context: RequestContext): Promise<Record<string, unknown>> {
    try {
      return await action(input, context) as Record<string, unknown> | undefined ?? {};
    } catch (error) {
      await this.permissions?.hideMissing(context, input, error);
      throw error;
    }
  }
}

/** A call that the service has and the engine has not, or one that nobody has. */
export function notServed(model: ServiceModel, operation: string | undefined): ServiceError {
  if (operation !== undefined && (model.operations[operation] || operation in model.absent)) {
    return new ServiceError('NotImplemented', `the local engine does not serve ${model.service}:${operation}`, 501);
  }
  const asked = operation === undefined ? 'no operation' : `an operation unknown to the service, ${operation}`;
  const code = model.metadata.protocols.includes('json') ? 'UnknownOperationException' : 'InvalidAction';
  return new ServiceError(code, `the request asks ${model.service} for ${asked}`, model.service === 's3' ? 405 : 400);
}
