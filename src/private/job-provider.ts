import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IDependable } from 'constructs';
import { HandlerFunction, handlerLogGroup, HandlerNetwork, handlerRole, oncePerStack } from './handler-function';

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
  /** Where the handlers run, if what they call is in a network of the user's. */
  readonly network?: HandlerNetwork;
}

/** Ids of the functions that CDK's framework calls. */
export const ON_EVENT = 'OnEvent';
export const IS_COMPLETE = 'IsComplete';

/** Which functions a right is for; some of them may be made later, or never. */
export type Entitled = 'all' | readonly string[];

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
  readonly to: Entitled;
  readonly statements: () => iam.PolicyStatement[];
}

/** The handlers and CDK's provider framework for one kind of custom resource, once a stack. */
export class JobProvider extends Construct {
  public static of(scope: Construct, props: JobProviderProps): JobProvider {
    return oncePerStack(scope, props.id, JobProvider, (stack) => new JobProvider(stack, props));
  }

  public readonly serviceToken: string;
  private readonly handlers = new Map<string, HandlerFunction>();
  private readonly rights = new Map<string, Right>();
  private readonly logGroup: logs.ILogGroup;

  private constructor(scope: Stack, private readonly props: JobProviderProps) {
    super(scope, props.id);
    this.logGroup = handlerLogGroup(this, 'Logs');
    const timeout = props.handlerTimeout;
    const onEvent = this.handler(ON_EVENT, { handler: 'onEvent', does: 'accepts changes', timeout });
    const isComplete = props.waits ? this.handler(IS_COMPLETE, { handler: 'isComplete', does: 'carries them out', timeout }) : undefined;
    this.serviceToken = this.provider(onEvent, isComplete).serviceToken;
  }

  /** Where the handlers run. */
  public get network(): HandlerNetwork | undefined {
    return this.props.network;
  }

  /** A function beside the framework's, once however often it is asked for; it has the rights that are given to its id, before and after. */
  public worker(id: string, props: WorkerProps): HandlerFunction {
    const existing = this.handlers.get(id);
    if (existing) return existing;
    const worker = this.handler(id, props);
    for (const right of this.rights.values()) grant(id, worker, right);
    return worker;
  }

  /** Allows functions something, once however often it is asked for. */
  public allow(key: string, to: Entitled, statements: () => iam.PolicyStatement[]): void {
    if (this.rights.has(key)) return;
    const right = { to, statements };
    this.rights.set(key, right);
    for (const [id, handler] of this.handlers) grant(id, handler, right);
  }

  /** What must stand before a resource and outlive its Delete: the handlers' permissions. */
  public get permissions(): IDependable[] {
    return [...this.handlers.values()].map((handler) => handler.role!);
  }

  private handler(id: string, { bundle = this.props.bundle, handler, does, timeout }: WorkerProps): HandlerFunction {
    const made = new HandlerFunction(this, id, {
      bundle, handler, timeout, logGroup: this.logGroup, description: `${this.props.description}: ${does}`, network: this.props.network,
    });
    this.handlers.set(id, made);
    return made;
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

function grant(id: string, handler: HandlerFunction, { to, statements }: Right): void {
  if (to === 'all' || to.includes(id)) statements().forEach((statement) => handler.addToRolePolicy(statement));
}
