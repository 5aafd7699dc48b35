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
}

/** The handlers and CDK's provider framework for one kind of custom resource, once a stack. */
export class JobProvider extends Construct {
  public static of(scope: Construct, props: JobProviderProps): JobProvider {
    return oncePerStack(scope, props.id, JobProvider, (stack) => new JobProvider(stack, props));
  }

  public readonly serviceToken: string;
  private readonly onEvent: HandlerFunction;
  private readonly isComplete?: HandlerFunction;
  private readonly granted = new Set<string>();

  private constructor(scope: Stack, props: JobProviderProps) {
    super(scope, props.id);
    const logGroup = handlerLogGroup(this, 'Logs');
    const common = { bundle: props.bundle, timeout: props.handlerTimeout, logGroup };
    this.onEvent = new HandlerFunction(this, 'OnEvent', { ...common, handler: 'onEvent', description: `${props.description}: accepts changes` });
    if (props.waits) {
      this.isComplete = new HandlerFunction(this, 'IsComplete', { ...common, handler: 'isComplete', description: `${props.description}: carries them out` });
    }
    this.serviceToken = this.provider(this.onEvent, this.isComplete).serviceToken;
  }

  /** Allows all handlers something, once however often it is asked for. */
  public allow(key: string, statements: () => iam.PolicyStatement[]): void {
    this.once(key, () => statements().forEach((statement) => this.handlers.forEach((handler) => handler.addToRolePolicy(statement.copy()))));
  }

  /** Allows something to the handler that carries changes out, the only one that acts on the service. */
  public allowToAct(key: string, statements: () => iam.PolicyStatement[]): void {
    this.once(key, () => statements().forEach((statement) => (this.isComplete ?? this.onEvent).addToRolePolicy(statement)));
  }

  /** What must stand before a resource and outlive its Delete: the handlers' permissions. */
  public get permissions(): IDependable[] {
    return this.handlers.map((handler) => handler.role!);
  }

  private get handlers(): HandlerFunction[] {
    return this.isComplete ? [this.onEvent, this.isComplete] : [this.onEvent];
  }

  private once(key: string, grant: () => void): void {
    if (this.granted.has(key)) return;
    this.granted.add(key);
    grant();
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
