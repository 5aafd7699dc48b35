import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BUILT_IN_FUNCTION_ACCOUNTS, builtInFunctionArn, BuiltInFunctionKind } from '../../model/groundtruth/built-in-functions';
import { oncePerStack } from '../../private/handler-function';

const MAPPING_ID = 'GroundTruthFunctions';
const ACCOUNT = 'Account';

/** Problem of a region that is known and has no built-in functions. */
export function regionProblems(scope: Construct): string[] {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Object.hasOwn(BUILT_IN_FUNCTION_ACCOUNTS, region)) return [];
  return [`the stack's region ${JSON.stringify(region)} has no Ground Truth functions for built-in task types, deploy to one of ${Object.keys(BUILT_IN_FUNCTION_ACCOUNTS).join(', ')}`];
}

/** The ARN of a built-in function in the stack's region; a stack that fits any region looks its owner up at deployment. */
export function builtInFunction(scope: Construct, kind: BuiltInFunctionKind, suffix: string): string {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region)
    ? builtInFunctionArn(kind, suffix, Aws.REGION, accounts(scope).findInMap(Aws.REGION, ACCOUNT))
    : builtInFunctionArn(kind, suffix, region, BUILT_IN_FUNCTION_ACCOUNTS[region]);
}

function accounts(scope: Construct): CfnMapping {
  return oncePerStack(scope, MAPPING_ID, CfnMapping, (stack) => new CfnMapping(stack, MAPPING_ID, {
    mapping: Object.fromEntries(Object.entries(BUILT_IN_FUNCTION_ACCOUNTS).map(([region, account]) => [region, { [ACCOUNT]: account }])),
  }));
}
