import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { oncePerStack } from './private/handler-function';

const PARAMETER_ID = 'ReconcileNonce';

/**
 * What makes a deployment look at the jobs again. CloudFormation asks a resource nothing unless one of its properties changes: with
 * `CHANGE` a deployment without a change observes nothing.
 */
export abstract class ReconcileOn {
  /** A change of the resource's own properties. */
  public static readonly CHANGE: ReconcileOn = new (class extends ReconcileOn {
    public _nonce(): string | undefined {
      return undefined;
    }
  })();

  /**
   * A new value of the stack's parameter `ReconcileNonce`, besides a change:
   * `cdk deploy --parameters ReconcileNonce=$(date +%s)`. Nested stacks share the parameter of the stack that is deployed.
   */
  public static readonly PARAMETER: ReconcileOn = new (class extends ReconcileOn {
    public _nonce(scope: Construct): string {
      return oncePerStack(deployedStack(Stack.of(scope)), PARAMETER_ID, CfnParameter, (stack) => new CfnParameter(stack, PARAMETER_ID, {
        default: '',
        description: 'Any new value makes this deployment look at the labeling jobs again',
      })).valueAsString;
    }
  })();

  protected constructor() {}

  /**
   * A text that changes when the resource is to look again.
   *
   * @internal
   */
  public abstract _nonce(scope: Construct): string | undefined;
}

/** The command line gives parameters to the stack that it deploys, never to one nested in it. */
function deployedStack(stack: Stack): Stack {
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}
