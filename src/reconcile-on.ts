import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, IDependable } from 'constructs';
import { contentDigest } from './private/content-asset';
import { refuse } from './private/errors';
import { oncePerStack } from './private/handler-function';
import { isKnown, tokenProblems } from './private/tokens';

const PARAMETER_ID = 'ReconcileNonce';
const CONTEXT_KEY = 'cdk-labeling-workflows:reconcile';
/** Of the construct that holds a resource's own rules. */
const SCOPE_ID = 'ReconcileOn';

/**
 * The resource that is to look at its jobs.
 *
 * @internal
 */
export interface ReconcileTarget {
  /** The ends of jobs that concern it, where the job system announces them. */
  readonly ended?: events.EventPattern;
  /** The bus of these events, where it is not the account's default one. */
  readonly eventBus?: events.IEventBus;
  /** What to do where the job system does not announce them. */
  readonly otherwise?: string;
  /** Wakes it, and says which parameter to change where it finds drift; asked for only where a rule needs it. */
  readonly wake: (driftParameter?: string) => events.IRuleTarget;
}

/**
 * What a resource does with its `ReconcileOn`.
 *
 * @internal
 */
export interface BoundReconcileOn {
  /** A text that changes when the resource is to look again. */
  readonly nonce?: string;
  /** Name of the parameter to change where a look finds drift. */
  readonly driftParameter?: string;
  /** Whether it listens to the ends of jobs. */
  readonly listens: boolean;
  /** Rules, which stand before the resource. */
  readonly before: IDependable[];
}

/** A form by itself; constructs of its own are made on demand. */
interface Form {
  readonly nonce?: (scope: Construct) => string | undefined;
  readonly driftParameter?: string;
  readonly rule?: { readonly id: string; readonly props: (ended: events.EventPattern | undefined) => events.RuleProps; readonly onEnd?: boolean };
}

/**
 * What makes a resource look at its jobs again. CloudFormation asks a resource nothing unless one of its properties changes, so without
 * `PARAMETER`, `ssmParameter()` or `CONTEXT` a deployment without a change observes nothing. Events and schedules look without a deployment.
 */
export class ReconcileOn {
  /** A change of the resource's own properties. */
  public static readonly CHANGE: ReconcileOn = new ReconcileOn([{}]);

  /**
   * A new value of the stack's parameter `ReconcileNonce`, besides a change:
   * `cdk deploy --parameters ReconcileNonce=$(date +%s)`. Nested stacks share the parameter of the stack that is deployed.
   */
  public static readonly PARAMETER: ReconcileOn = new ReconcileOn([{ nonce: (scope) => nonceParameter(scope).valueAsString }]);

  /**
   * The end of a job of the resource, as its job system announces it: completed, failed or stopped. What is left is then resumed as
   * the policy says, and a fleet starts its next jobs, without a deployment. S3 announces jobs through CloudTrail only, so that needs a trail.
   */
  public static readonly STATE_CHANGE: ReconcileOn = new ReconcileOn([{
    rule: { id: 'StateChange', onEnd: true, props: (eventPattern) => ({ description: 'Reconciles labeling jobs when one has ended', eventPattern }) },
  }]);

  /**
   * Another value of the context `cdk-labeling-workflows:reconcile`, besides a change: `cdk deploy -c cdk-labeling-workflows:reconcile=$(date +%s)`.
   * The value stands in the template: a snapshot of it differs for every value, and is the same as without this form where none is given.
   */
  public static readonly CONTEXT: ReconcileOn = new ReconcileOn([{
    nonce: (scope) => {
      const value: unknown = scope.node.tryGetContext(CONTEXT_KEY);
      return value === undefined ? undefined : String(value);
    },
  }]);

  /**
   * Times, without a deployment.
   *
   * @param schedule when to look, for example `events.Schedule.rate(Duration.hours(1))`
   */
  public static schedule(schedule: events.Schedule): ReconcileOn {
    return new ReconcileOn([{ rule: { id: 'Schedule', props: () => ({ description: 'Reconciles labeling jobs', schedule }) } }]);
  }

  /**
   * Another value of an existing parameter of the SSM parameter store, besides a change. The CDK CLI never skips a stack that has one, and a
   * resource that is woken by events or a schedule changes the value itself when it finds drift, so that the next deployment looks.
   *
   * @param parameter a parameter that is there before the stack is deployed; its name must be known at synthesis
   */
  public static ssmParameter(parameter: ssm.IStringParameter): ReconcileOn {
    return ReconcileOn.ssmParameterName(parameter.parameterName);
  }

  /**
   * The same as `ssmParameter()`, by the parameter's name.
   *
   * @param parameterName name of a text parameter (`String`) that is there before the stack is deployed
   */
  public static ssmParameterName(parameterName: string): ReconcileOn {
    refuse('ReconcileOn.ssmParameter', parameterProblems(parameterName));
    return new ReconcileOn([{ nonce: (scope) => ssmValue(scope, parameterName).valueAsString, driftParameter: parameterName }]);
  }

  /** Whichever of several comes first. */
  public static anyOf(...forms: ReconcileOn[]): ReconcileOn {
    const all = new ReconcileOn(forms.flatMap((each) => each.forms));
    refuse('ReconcileOn.anyOf', forms.length > 0 ? [] : ['no forms are given, give at least one']);
    return all;
  }

  private constructor(private readonly forms: readonly Form[]) {}

  /** @internal */
  public _bind(scope: Construct, { ended, eventBus, otherwise = 'use a schedule', wake }: ReconcileTarget): BoundReconcileOn {
    const parameters = [...new Set(this.forms.flatMap(({ driftParameter }) => driftParameter ?? []))];
    refuse(scope, parameters.length > 1 ? [`'reconcileOn' has ${parameters.length} SSM parameters (${parameters.join(', ')}), a resource changes one at most: choose one`] : []);
    refuse(scope, ended === undefined && this.forms.some(({ rule }) => rule?.onEnd)
      ? ['\'reconcileOn\' is ReconcileOn.STATE_CHANGE, and the job system does not announce the ends of jobs: ' + otherwise] : []);
    const [driftParameter] = parameters;
    const nonces = this.forms.flatMap(({ nonce }) => nonce?.(scope) ?? []);
    const listens = this.forms.some(({ rule }) => rule?.onEnd);
    const before = this.forms.flatMap(({ rule }, index) => (rule
      ? [new events.Rule(ownScope(scope), `${rule.id}${index === 0 ? '' : index}`, {
        ...rule.props(ended), ...(rule.onEnd && eventBus && { eventBus }), targets: [wake(driftParameter)],
      })] : []));
    return { nonce: nonces.length > 0 ? nonces.join('/') : undefined, driftParameter, listens, before };
  }
}

function ownScope(scope: Construct): Construct {
  return scope.node.tryFindChild(SCOPE_ID) as Construct | undefined ?? new Construct(scope, SCOPE_ID);
}

function nonceParameter(scope: Construct): CfnParameter {
  return oncePerStack(deployedStack(Stack.of(scope)), PARAMETER_ID, CfnParameter, (stack) => new CfnParameter(stack, PARAMETER_ID, {
    default: '',
    description: 'Any new value makes this deployment look at the labeling jobs again',
  }));
}

/** CDK's own import of a parameter may read it by a dynamic reference, which CloudFormation compares by its text only. */
function ssmValue(scope: Construct, parameterName: string): CfnParameter {
  const id = `ReconcileParameter${contentDigest(parameterName).slice('sha256:'.length, 'sha256:'.length + 8)}`;
  return oncePerStack(deployedStack(Stack.of(scope)), id, CfnParameter, (stack) => new CfnParameter(stack, id, {
    type: 'AWS::SSM::Parameter::Value<String>',
    default: parameterName,
    description: 'Any new value of this SSM parameter makes a deployment look at the labeling jobs again',
  }));
}

/** The command line gives parameters to the stack that it deploys, never to one nested in it. */
function deployedStack(stack: Stack): Stack {
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
function parameterProblems(name: string): string[] {
  if (!isKnown(name)) return tokenProblems('parameterName', [name], 'the parameter must be there before this stack, so make it elsewhere and give its name');
  return /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) && name.length <= 1011
    ? []
    : [`'parameterName' must have 1 to 1011 letters, digits and _.-/, got ${JSON.stringify(name)}`];
}
