import { isDirectoryBucket } from './directory-bucket';
import { define, OperationDefinition } from './operation-definition';
import { keyTokenProblems, lengthProblems } from './value-problems';
import { LIMITS, PATTERNS } from '../../model/s3batch/limits';
import { isKnown } from '../../private/tokens';
import { InvocationSchemaVersion } from '../object-attributes';
import { InvokeFunctionOptions } from '../operation-options';

export function invokeOperation(options: InvokeFunctionOptions): OperationDefinition {
  const { function: fn, userArguments, invocationSchemaVersion: version = userArguments ? InvocationSchemaVersion.V2_0 : undefined } = options;
  return define('Operation.invokeFunction', invokeProblems(options), {
    name: 'LambdaInvoke',
    parameters: { FunctionArn: fn.functionArn, InvocationSchemaVersion: version, UserArguments: userArguments },
    invokes: fn,
    problemsWith: ({ bucket }) => (isDirectoryBucket(bucket) && version !== InvocationSchemaVersion.V2_0
      ? ['\'invocationSchemaVersion\' must be V2_0 for objects of a directory bucket'] : []),
  });
}

function invokeProblems({ function: fn, invocationSchemaVersion: version, userArguments }: InvokeFunctionOptions): string[] {
  const problems = isKnown(fn.functionArn) && !PATTERNS.functionArn.test(fn.functionArn)
    ? [`'function' must have the ARN of a function, a version or an alias, got ${JSON.stringify(fn.functionArn)}`] : [];
  if (!userArguments) return problems;
  const { min, max } = LIMITS.userArguments;
  const entries = Object.entries(userArguments);
  return [
    ...problems,
    ...(version === InvocationSchemaVersion.V1_0 ? ['\'userArguments\' needs InvocationSchemaVersion.V2_0, got V1_0'] : []),
    ...(entries.length < min || entries.length > max ? [`'userArguments' must hold ${min} to ${max} texts, got ${entries.length}: leave it out for none`] : []),
    ...keyTokenProblems('userArguments', userArguments),
    ...entries.flatMap(([key, value]) => [
      ...lengthProblems('userArguments, a key', key, LIMITS.userArgumentKeyLength),
      ...lengthProblems(`userArguments.${key}`, value, LIMITS.userArgumentValueLength, 0),
    ]),
  ];
}
