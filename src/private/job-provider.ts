import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IDependable } from 'constructs';
import { HandlerFunction, handlerLogGroup, handlerRole, oncePerStack } from './handler-function';

/** Every how long the provider asks whether a resource is ready. */
const QUERY_INTERVAL = Duration.seconds(10);

/** A whole number of query intervals, CDK demands it; longer than any resource's own deadline, below CloudFormation's hour. */
const TOTAL_TIMEOUT = Duration.minutes(58);

/** CloudFormation waits as long as it can, so that a time-out is always the provider's, with a reason. */
export const SERVICE_TIMEOUT = Duration.minutes(60);

/** The longest deadline that a resource may give itself. */
export const LONGEST_TIMEOUT = Duration.minutes(55);

/** What kind of custom resource a provider serves. */
export interface JobProviderProps {
  /** Id of the provider in its stack. */
  readonly id: string;
  /** Name of the handlers' bundle. */
  readonly bundle: string;
  /** What the handlers do, for people who meet them in a console. */
  readonly description: string;
  /** Of a handler's call. */
  readonly handlerTimeout: Duration;
  /** Whether creating takes longer than one call. */
  readonly waits: boolean;
  /** Whether functions outside of the framework do all that is done to the service, and the framework's only wake them. */
  readonly actsOutside?: boolean;
}

/** A function beside those that CDK's framework calls. */
export interface WorkerProps {
  /** The exported function. */
  readonly handler: string;
  /** Name of its bundle, where it is not the provider's. */
  readonly bundle?: string;
  /** What it does, after the provider's own description. */
  readonly does: string;
  readonly timeout: Duration;
}

interface Right {
  readonly acting: boolean;
  readonly statements: () => iam.PolicyStatement[];
}

/** The handlers and CDK's provider framework for one kind of custom resource, once a stack. */
export class JobProvider extends Construct {
  public static of(scope: Construct, props: JobProviderProps): JobProvider {
    return oncePerStack(scope, props.id, JobProvider, (stack) => new JobProvider(stack, props));
  }

  public readonly serviceToken: string;
  private readonly onEvent: HandlerFunction;
  private readonly isComplete?: HandlerFunction;
  private readonly workers = new Map<string, HandlerFunction>();
  private readonly rights = new Map<string, Right>();
  private readonly logGroup: logs.ILogGroup;

  private constructor(scope: Stack, private readonly props: JobProviderProps) {
    super(scope, props.id);
    this.logGroup = handlerLogGroup(this, 'Logs');
    this.onEvent = this.handler('OnEvent', { handler: 'onEvent', does: 'accepts changes', timeout: props.handlerTimeout });
    if (props.waits) this.isComplete = this.handler('IsComplete', { handler: 'isComplete', does: 'carries them out', timeout: props.handlerTimeout });
    this.serviceToken = this.provider(this.onEvent, this.isComplete).serviceToken;
  }

  /** A function that acts on the service without a deployment, once however often it is asked for; it gets the acting handlers' rights. */
  public worker(id: string, props: WorkerProps): HandlerFunction {
    const existing = this.workers.get(id);
    if (existing) return existing;
    const worker = this.handler(id, props);
    this.workers.set(id, worker);
    for (const { statements } of this.rights.values()) grant([worker], statements);
    return worker;
  }

  /** Allows all handlers something, once however often it is asked for. */
  public allow(key: string, statements: () => iam.PolicyStatement[]): void {
    this.add(key, { acting: false, statements });
  }

  /** Allows something to the handlers that carry changes out, the only ones that act on the service. */
  public allowToAct(key: string, statements: () => iam.PolicyStatement[]): void {
    this.add(key, { acting: true, statements });
  }

  /** Allows something to the framework's handlers alone. */
  public allowToWake(statements: () => iam.PolicyStatement[]): void {
    grant(this.framework, statements);
  }

  /** What must stand before a resource and outlive its Delete: the handlers' permissions. */
  public get permissions(): IDependable[] {
    return [...this.framework, ...this.workers.values()].map((handler) => handler.role!);
  }

  private get framework(): HandlerFunction[] {
    return this.isComplete ? [this.onEvent, this.isComplete] : [this.onEvent];
  }

  private get acting(): HandlerFunction[] {
    return [...this.props.actsOutside ? [] : [this.isComplete ?? this.onEvent], ...this.workers.values()];
  }

  private add(key: string, right: Right): void {
    if (this.rights.has(key)) return;
    this.rights.set(key, right);
    grant(right.acting ? this.acting : [...this.framework, ...this.workers.values()], right.statements);
  }

  private handler(id: string, { bundle = this.props.bundle, handler, does, timeout }: WorkerProps): HandlerFunction {
    return new HandlerFunction(this, id, { bundle, handler, timeout, logGroup: this.logGroup, description: `${this.props.description}: ${does}` });
  }

  private provider(onEventHandler: HandlerFunction, isCompleteHandler?: HandlerFunction): Provider {
    const logGroup: logs.ILogGroup = handlerLogGroup(this, 'FrameworkLogs');
    const role = (id: string) => handlerRole(this, id, logGroup, 'Role of the CDK provider framework');
    return new Provider(this, 'Framework', {
      onEventHandler,
      logGroup,
      frameworkOnEventRole: role('FrameworkOnEventRole'),
      ...(isCompleteHandler && {
        isCompleteHandler,
        queryInterval: QUERY_INTERVAL,
        totalTimeout: TOTAL_TIMEOUT,
        // two roles: one alone would close a circle between the functions and the waiter
        frameworkCompleteAndTimeoutRole: role('FrameworkCompleteRole'),
      }),
    });
  }
}

function grant(handlers: readonly HandlerFunction[], statements: () => iam.PolicyStatement[]): void {
  for (const handler of handlers) statements().forEach((statement) => handler.addToRolePolicy(statement));
}
