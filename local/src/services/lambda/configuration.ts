import type { CreateFunctionCommandInput, FunctionConfiguration, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda';
import type { CodePackage } from './code-store';
import { invalidParameter } from './errors';
import { LATEST } from './function-store';
import { isRetired } from './runtimes';
import { ServiceError } from '../../core/service';

type Settings = Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName' | 'RevisionId'>;
type Configuration = FunctionConfiguration & { readonly FunctionName: string; readonly FunctionArn: string; readonly Version: string };

/** When a configuration changed, and the mark of that revision. */
export interface Change {
  readonly now: Date;
  readonly revision: string;
}

const MAX_TIMEOUT = 900;
const MAX_MEMORY = 10_240;
const MAX_ENVIRONMENT = 4_096;

/** Set by Lambda itself: functions may not. */
const RESERVED_VARIABLES = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
]);

/** The configuration of a new function. */
export function newConfiguration(change: Change, arn: string, input: CreateFunctionCommandInput, code: CodePackage | undefined): Configuration {
  const name = arn.split(':')[6];
  const image = input.PackageType === 'Image';
  if (!image && (!input.Runtime || !input.Handler)) {
    throw invalidParameter('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  }
  if (image && (input.Runtime || input.Handler)) throw invalidParameter('Please don\'t provide Handler or Runtime or Layer when the intended function PackageType is Image.');
  checkSettings(input);
  return {
    ...settingsOf(input),
    FunctionName: name,
    FunctionArn: arn,
    Description: input.Description ?? '',
    Timeout: input.Timeout ?? 3,
    MemorySize: input.MemorySize ?? 128,
    TracingConfig: { Mode: input.TracingConfig?.Mode ?? 'PassThrough' },
    EphemeralStorage: { Size: input.EphemeralStorage?.Size ?? 512 },
    SnapStart: { ApplyOn: input.SnapStart?.ApplyOn ?? 'None', OptimizationStatus: 'Off' },
    LoggingConfig: loggingOf(name, input.LoggingConfig),
    PackageType: input.PackageType ?? 'Zip',
    Architectures: input.Architectures ?? ['x86_64'],
    Version: LATEST,
    ...codeFacts(code),
    ...changed(change),
  };
}

/** A configuration with the settings given; the others stay. */
export function withSettings(change: Change, before: Configuration, settings: Settings): Configuration {
  checkSettings(settings);
  const logging = settings.LoggingConfig && loggingOf(before.FunctionName, { ...before.LoggingConfig, ...settings.LoggingConfig });
  return { ...before, ...settingsOf(settings), ...(logging && { LoggingConfig: logging }), ...changed(change) };
}

export function withCode(change: Change, before: Configuration, code: CodePackage, architectures?: FunctionConfiguration['Architectures']): Configuration {
  return { ...before, ...codeFacts(code), ...(architectures && { Architectures: architectures }), ...changed(change) };
}

function settingsOf(input: Settings): Partial<FunctionConfiguration> {
  const { Runtime, Handler, Role, Description, Timeout, MemorySize, DeadLetterConfig, KMSKeyArn, EphemeralStorage, TracingConfig } = input;
  const { Environment, VpcConfig, Layers } = input;
  return defined({
    Runtime,
    Handler,
    Role,
    Description,
    Timeout,
    MemorySize,
    DeadLetterConfig,
    KMSKeyArn,
    EphemeralStorage,
    TracingConfig,
    Environment: Environment && { Variables: Environment.Variables ?? {} },
    VpcConfig: VpcConfig && { SubnetIds: VpcConfig.SubnetIds ?? [], SecurityGroupIds: VpcConfig.SecurityGroupIds ?? [], VpcId: '' },
    Layers: Layers?.map((Arn) => ({ Arn, CodeSize: 0 })),
  });
}

function defined<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function loggingOf(name: string, given: FunctionConfiguration['LoggingConfig']): FunctionConfiguration['LoggingConfig'] {
  const json = given?.LogFormat === 'JSON';
  return {
    LogFormat: given?.LogFormat ?? 'Text',
    LogGroup: given?.LogGroup ?? `/aws/lambda/${name}`,
    ...(json && { ApplicationLogLevel: given?.ApplicationLogLevel ?? 'INFO', SystemLogLevel: given?.SystemLogLevel ?? 'INFO' }),
  };
}

function codeFacts(code: CodePackage | undefined): Partial<FunctionConfiguration> {
  return code ? { CodeSize: code.zip.length, CodeSha256: code.sha256 } : { CodeSize: 0, CodeSha256: '' };
}

function changed({ now, revision }: Change): Partial<FunctionConfiguration> {
  return {
    RevisionId: revision,
    LastModified: now.toISOString().replace('Z', '+0000'),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

function checkSettings(input: Settings): void {
  checkMaximum('timeout', input.Timeout, MAX_TIMEOUT);
  checkMaximum('memorySize', input.MemorySize, MAX_MEMORY);
  if (input.Runtime && isRetired(input.Runtime)) {
    throw invalidParameter(`The runtime parameter of ${input.Runtime} is no longer supported for creating or updating AWS Lambda functions. `
      + 'We recommend you use a supported runtime while creating or updating functions.');
  }
  checkEnvironment(input.Environment?.Variables ?? {});
}

function checkMaximum(member: string, value: number | undefined, maximum: number): void {
  if (value === undefined || value <= maximum) return;
  throw new ServiceError('ValidationException', `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: `
    + `Member must have value less than or equal to ${maximum}`);
}

function checkEnvironment(variables: Record<string, string>): void {
  const reserved = Object.keys(variables).filter((key) => RESERVED_VARIABLES.has(key));
  if (reserved.length > 0) {
    throw invalidParameter('Lambda was unable to configure your environment variables because the environment variables you have provided contains '
      + `reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`);
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > MAX_ENVIRONMENT) {
    throw invalidParameter('Lambda was unable to configure your environment variables because the environment variables you have provided exceeded '
      + `the 4KB limit. String measured: ${measured}`);
  }
}
