import * as path from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The one runtime of all handlers; raised on purpose, never looked up. */
const RUNTIME = lambda.Runtime.NODEJS_22_X;

/** CDK's provider framework gives up after 15 minutes, so a handler must have ended before. */
export const LONGEST_HANDLER_TIMEOUT = Duration.minutes(14);

/** A whole CPU: listings and merges are bound by it, and a second of it costs as much as two of half of it. */
const MEMORY_MIB = 1769;

/** Objects stream by: a small young generation of the heap keeps memory flat however many they are. */
const NODE_OPTIONS = '--max-semi-space-size=4';

const RETENTION = logs.RetentionDays.ONE_MONTH;

/** Where in a network of the user's a handler runs. */
export interface HandlerNetwork {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** Properties of a handler. */
export interface HandlerFunctionProps {
  /** Name of the bundle: `assets/<bundle>/index.js`. */
  readonly bundle: string;
  /** The exported function. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  /** The log group, which handlers of a bundle share. */
  readonly logGroup: logs.ILogGroup;
  /** Nowhere in particular without it. */
  readonly network?: HandlerNetwork;
  /** Whether it wakes itself, by a queue: without being told so, Lambda takes that for a mistake and ends it after some 16 times. */
  readonly wakesItself?: boolean;
}

/** The only maker of a Lambda function in this library: bundled code, pinned runtime, own log group, a role with nothing but its logs. */
export class HandlerFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id, {
      code: lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', props.bundle)),
      handler: `index.${props.handler}`,
      runtime: RUNTIME,
      architecture: lambda.Architecture.ARM_64,
      memorySize: MEMORY_MIB,
      environment: { NODE_OPTIONS },
      timeout: props.timeout,
      description: props.description,
      recursiveLoop: props.wakesItself ? lambda.RecursiveLoop.ALLOW : undefined,
      logGroup: props.logGroup,
      role: handlerRole(scope, `${id}Role`, props.logGroup, `Role of: ${props.description}`),
      ...props.network,
    });
    if (props.network) this.addToRolePolicy(networkStatement());
  }
}

/** A role for a function that may write to its own log group, instead of AWS's managed policy, which may write to any. */
export function handlerRole(scope: Construct, id: string, logGroup: logs.ILogGroup, description: string): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), description });
  logGroup.grantWrite(role);
  return role;
}

/**
 * Network interfaces are made by the Lambda service in the function's name, before there is anything to restrict the right to; instead of AWS's managed
 * policy, which may write to any log group too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function networkStatement(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: [
      'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}

/** A log group that goes with its stack. */
export function handlerLogGroup(scope: Construct, id: string): logs.LogGroup {
  return new logs.LogGroup(scope, id, { retention: RETENTION, removalPolicy: RemovalPolicy.DESTROY });
}

/** Once a stack: the construct of that id, made by `make` on first use. The type is checked, not assumed. */
export function oncePerStack<T extends Construct>(scope: Construct, id: string, type: { readonly prototype: T }, make: (stack: Stack) => T): T {
  const stack = Stack.of(scope);
  const existing = stack.node.tryFindChild(id);
  if (existing === undefined) return make(stack);
  if (existing instanceof (type as new () => T)) return existing;
  throw new Error(`${stack.node.path} already has another construct named ${JSON.stringify(id)}, rename that one`);
}
