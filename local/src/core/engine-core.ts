import { SERVICE_FACTORIES } from '../services';
import { FileBytes } from './bytes';
import { CallLog } from './call-log';
import { ClockHold } from './clock-hold';
import { CredentialStore } from './credentials';
import { Dispatcher } from './dispatcher';
import type { EngineCore, EngineSettings } from './engine';
import { type CrashableProcesses, FaultPlan } from './faults';
import { randomUuid, seededRandom } from './random';
import { type Caller, type RequestContext, type Service, ServiceError } from './service';
import { VirtualClock } from './virtual-clock';
import { Enforcement } from '../permissions/enforcement';
import type { Need } from '../permissions/policy';
import { fromJson } from '../wire/json-values';
import { loadModel, type ServiceModel, structure } from '../wire/model';

/** The engine without its server: services, time, callers, and calls among services. */
export class LocalCore implements EngineCore {
  readonly clock: VirtualClock;
  readonly credentials: CredentialStore;
  readonly calls = new CallLog();
  readonly faults: FaultPlan;
  readonly dispatcher: Dispatcher;
  readonly services = new Map<string, Service>();
  /** Known as soon as the server listens, which is before any call. */
  endpoint = '';
  private readonly enforcement: Enforcement | undefined;
  private readonly requestIds: () => number;

  constructor(readonly settings: EngineSettings, onError: (label: string, error: unknown) => void) {
    this.clock = new VirtualClock({ onError });
    this.credentials = new CredentialStore(settings, this.random('credentials'));
    this.requestIds = this.random('request-ids');
    this.faults = new FaultPlan(this.clock, () => this.service<CrashableProcesses>('lambda'));
    this.enforcement = settings.iam === 'enforce' ? new Enforcement(this) : undefined;
    this.dispatcher = new Dispatcher(this.services, this.clock, this.calls, this.faults, this.enforcement);
    for (const factory of SERVICE_FACTORIES) {
      const service = factory(this);
      this.services.set(service.name, service);
    }
  }

  get root(): Caller {
    return this.credentials.root;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the services' models at run time
  async call<T = any>(service: string, operation: string, input: object, caller: Caller = this.root): Promise<T> {
    const model = this.modelOf(service);
    const hold = new ClockHold(this.clock);
    try {
      const context = this.context(service, operation, caller, {}, hold.waiting);
      const shape = model.operations[operation]?.input;
      const members = (): Record<string, unknown> =>
        shape ? fromJson(model, shape, this.withTokens(model, shape, input), 'utf8') as Record<string, unknown> : {};
      return inMemory(await this.dispatcher.run(context, members, 'engine')) as T;
    } finally {
      hold.release();
    }
  }

  async isAllowed(caller: Caller, needs: readonly Need[]): Promise<boolean> {
    return this.enforcement === undefined || await this.enforcement.allows(caller, needs);
  }

  service<T>(name: string): T {
    const service = this.services.get(name);
    if (!service) throw new Error(`the engine has no service ${name}`);
    return service as T;
  }

  random(name: string): () => number {
    return seededRandom(this.settings.seed, name);
  }

  issueCredentials(caller: Omit<Caller, 'accessKeyId'>): { accessKeyId: string; secretAccessKey: string; sessionToken: string } {
    return this.credentials.issue(caller);
  }

  context(service: string, operation: string, caller: Caller, headers: Readonly<Record<string, string>>,
    waiting: RequestContext['waiting']): RequestContext {
    const { region, accountId } = this.settings;
    return { service, operation, region, accountId, requestId: randomUuid(this.requestIds), caller, headers, waiting };
  }

  async stop(): Promise<void> {
    this.clock.stop();
    for (const service of this.services.values()) await service.stop?.();
  }

  /** Clients fill in the tokens that make a call idempotent; so does a call in process. */
  private withTokens(model: ServiceModel, shape: string, input: object): object {
    const tokens = Object.entries(structure(model, shape).members ?? {}).filter(([, member]) => member.idempotencyToken)
      .map(([name]) => [name, randomUuid(this.requestIds)]);
    return { ...Object.fromEntries(tokens), ...input };
  }

  private modelOf(service: string): ServiceModel {
    if (!this.services.has(service)) throw new ServiceError('NotImplemented', `the local engine does not serve ${service}`, 501);
    return loadModel(service);
  }
}

/** Content that S3 keeps in a file is read: who calls in process gets a Buffer, always. */
function inMemory(output: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value instanceof FileBytes ? value.read() : value]));
}
