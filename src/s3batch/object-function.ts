import * as path from 'path';
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ObjectFailure } from './object-function-events';
import { OBJECT_FUNCTION_BOOTSTRAPS, OBJECT_FUNCTION_BUNDLE, OBJECT_FUNCTION_VARIABLES } from './private/object-function-contract';
import { refuse } from '../private/errors';
import { oncePerStack } from '../private/handler-function';

/** Properties of an `ObjectFunction`. */
export interface ObjectFunctionProps {
  /**
   * The function whose handler takes one object: `handler(object, context)`, with a `BatchObject`. Any function with code of its own for
   * Node.js or Python will do: `lambda.Function`, `NodejsFunction`, `PythonFunction`.
   *
   * Its handler is replaced by one that talks to S3 and calls it.
   */
  readonly lambdaFunction: lambda.Function;

  /**
   * How an error counts that does not say itself what it is.
   *
   * @default ObjectFailure.PERMANENT
   */
  readonly treatErrorsAs?: ObjectFailure;

  /**
   * What S3 makes of an object for which an answer holds no result (`treatMissingKeysAs`). The answers have a result for every object, so
   * this is for the day on which that is not so.
   *
   * @default ObjectFailure.TEMPORARY
   */
  readonly treatMissingKeysAs?: ObjectFailure;
}

/**
 * A function for batch jobs whose author writes what is to be done with one object, and nothing else: what S3 asks and wants to hear (both
 * versions of the invocation schema, encoded keys, several objects at once, failures, time-outs) is done by a layer of this library.
 *
 * A failure of one object leaves the results of others as they are. Shortly before the function's time is over, what is not done is
 * answered as a temporary failure: S3 tries it again, so the function must be able to meet an object twice.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
 */
export class ObjectFunction extends Construct implements iam.IGrantable {
  /** The function, ready for a batch job. */
  public readonly lambdaFunction: lambda.Function;
  /** Who the function is, for grants. */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * @param scope the construct that owns it
   * @param id its id in its scope
   * @param props the function, and how its failures count
   */
  constructor(scope: Construct, id: string, props: ObjectFunctionProps) {
    super(scope, id);
    this.lambdaFunction = props.lambdaFunction;
    this.grantPrincipal = props.lambdaFunction.grantPrincipal;

    const { resource, bootstrap } = this.checked(props.lambdaFunction);
    const { lambdaFunction } = this;
    lambdaFunction.addEnvironment(OBJECT_FUNCTION_VARIABLES.handler, resource.handler!);
    lambdaFunction.addEnvironment(OBJECT_FUNCTION_VARIABLES.errors, props.treatErrorsAs ?? ObjectFailure.PERMANENT);
    lambdaFunction.addEnvironment(OBJECT_FUNCTION_VARIABLES.missing, props.treatMissingKeysAs ?? ObjectFailure.TEMPORARY);
    lambdaFunction.addLayers(ObjectFunctionLayer.of(lambdaFunction));
    resource.handler = bootstrap;
  }

  /** Allows a batch job's role to invoke the function: exactly this one, no version or alias of it. */
  public grantInvokeByJob(role: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [this.lambdaFunction.functionArn] });
  }

  private checked(lambdaFunction: lambda.Function): { resource: lambda.CfnFunction; bootstrap: string } {
    const resource = lambdaFunction.node.defaultChild as lambda.CfnFunction;
    const bootstrap = bootstrapOf(lambdaFunction.runtime);
    const bootstraps: readonly string[] = Object.values(OBJECT_FUNCTION_BOOTSTRAPS);
    const problems: string[] = [];
    if (bootstrap === undefined) {
      problems.push(`'lambdaFunction' must have a runtime of Node.js or Python, got ${JSON.stringify(lambdaFunction.runtime.name)}: `
        + 'let a function in another language answer S3 by itself, and give it to Operation.invokeFunction()');
    } else if (resource.handler === undefined) {
      problems.push('\'lambdaFunction\' has no handler: a container image answers S3 by itself, give it to Operation.invokeFunction()');
    } else if (bootstraps.includes(resource.handler)) {
      problems.push('\'lambdaFunction\' belongs to another ObjectFunction already: use that one');
    }
    refuse(this, problems);
    return { resource, bootstrap: bootstrap! };
  }
}

function bootstrapOf({ family }: lambda.Runtime): string | undefined {
  if (family === lambda.RuntimeFamily.NODEJS) return OBJECT_FUNCTION_BOOTSTRAPS.nodejs;
  return family === lambda.RuntimeFamily.PYTHON ? OBJECT_FUNCTION_BOOTSTRAPS.python : undefined;
}

/** The bootstrap for all languages, once a stack. */
class ObjectFunctionLayer extends lambda.LayerVersion {
  public static of(scope: Construct): ObjectFunctionLayer {
    return oncePerStack(scope, 'ObjectFunctionLayer', ObjectFunctionLayer, (stack) => new ObjectFunctionLayer(stack));
  }

  private constructor(stack: Stack) {
    super(stack, 'ObjectFunctionLayer', {
      code: lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', OBJECT_FUNCTION_BUNDLE)),
      description: 'Talks to S3 Batch Operations for functions that take one object',
    });
  }
}
