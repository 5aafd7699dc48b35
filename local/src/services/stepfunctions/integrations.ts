import { TaskError } from './task-error';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what flows through a state machine is any JSON */
type Json = any;
export type Task = (input: Json) => Promise<Json>;

/** Names that the SDK integrations use, where the service's public model has another one. */
const MODEL_NAMES: Record<string, string> = {
  sfn: 'stepfunctions', eventbridge: 'events', cloudwatchlogs: 'logs', cognitoidentityprovider: 'cognito-idp',
};
/** How those integrations begin the names of their errors. */
const ERROR_PREFIXES: Record<string, string> = {
  sagemaker: 'SageMaker',
  s3: 'S3',
  eventbridge: 'EventBridge',
  cloudwatchlogs: 'CloudWatchLogs',
  cloudwatch: 'CloudWatch',
  cloudformation: 'CloudFormation',
  cognitoidentityprovider: 'CognitoIdentityProvider',
  secretsmanager: 'SecretsManager',
};
/** Services whose members begin with a small letter, while the integrations spell them with a capital. */
const LOWER_CASE_MEMBERS = new Set(['stepfunctions', 'logs']);

/** What a task's resource does. */
export function taskOf(core: EngineCore, resource: string, waitForExecution: (arn: string) => Promise<Json>): Task {
  if (/^arn:[^:]+:lambda:/.test(resource)) return (input) => invokeDirectly(core, resource, input);
  const [, integration, suffix = ''] = /^arn:[^:]+:states:[^:]*:[^:]*:(.+?)(\.sync(?::2)?)?$/.exec(resource) ?? [];
  const [service, action, operation] = integration?.split(':') ?? [];
  if (service === 'aws-sdk') return (input) => callSdk(core, action, operation, input);
  switch (`${service}:${action}${suffix}`) {
    case 'lambda:invoke': return (input) => invokeThroughIntegration(core, input);
    case 'sqs:sendMessage': return (input) => callSdk(core, 'sqs', action, { ...input, MessageBody: asText(input.MessageBody) });
    case 'sns:publish': return (input) => callSdk(core, 'sns', action, { ...input, Message: asText(input.Message) });
    case 'events:putEvents': return (input) => callSdk(core, 'eventbridge', action, {
      ...input, Entries: input.Entries?.map((entry: Json) => ({ ...entry, Detail: asText(entry.Detail) })),
    });
    case 'states:startExecution': return (input) => callSdk(core, 'sfn', action, { ...input, Input: asText(input.Input ?? {}) });
    case 'states:startExecution.sync':
    case 'states:startExecution.sync:2': return async (input) => {
      const { ExecutionArn } = await callSdk(core, 'sfn', action, { ...input, Input: asText(input.Input ?? {}) });
      const execution = toPascalCase(await waitForExecution(ExecutionArn));
      if (execution.Status !== 'SUCCEEDED') throw new TaskError('States.TaskFailed', JSON.stringify(execution));
      return suffix === '.sync:2' ? { ...execution, Input: JSON.parse(execution.Input), Output: JSON.parse(execution.Output) } : execution;
    };
    default: return async () => {
      throw new TaskError('States.Runtime', `the local engine has no integration for the resource ${resource}`, { matchable: false });
    };
  }
}

async function invokeDirectly(core: EngineCore, functionArn: string, input: Json): Promise<Json> {
  return (await invoke(core, { FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(input)) })).Payload;
}

async function invokeThroughIntegration(core: EngineCore, input: Json): Promise<Json> {
  const { Payload, ...rest } = input;
  const { Payload: answer, ...result } = await invoke(core, { ...rest, ...(Payload !== undefined && { Payload: Buffer.from(JSON.stringify(Payload)) }) });
  return { ...result, Payload: answer, SdkHttpMetadata: { HttpStatusCode: result.StatusCode }, SdkResponseMetadata: {} };
}

async function invoke(core: EngineCore, request: object): Promise<Json> {
  const result = await calling('Lambda', () => core.call('lambda', 'Invoke', request));
  const text = result.Payload ? Buffer.from(result.Payload).toString('utf8') : '';
  if (!result.FunctionError) return { ...result, Payload: text === '' ? null : JSON.parse(text) };
  throw new TaskError(JSON.parse(text).errorType ?? 'Lambda.Unknown', text);
}

async function callSdk(core: EngineCore, service: string, operation: string, input: Json): Promise<Json> {
  const model = MODEL_NAMES[service] ?? service;
  const prefix = ERROR_PREFIXES[service] ?? capital(service);
  const request = LOWER_CASE_MEMBERS.has(model) ? renameMembers(input, small) : input;
  return toPascalCase(await calling(prefix, () => core.call(model, capital(operation), request)));
}

/** Errors of the service are named `<Service>.<Error>Exception`, as the integrations do. */
async function calling<T>(prefix: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const name = error.name.split('.').at(-1)!;
    throw new TaskError(`${prefix}.${name.endsWith('Exception') ? name : `${name}Exception`}`, `${error.message} (Service: ${prefix}, Status Code: ${error.statusCode})`);
  }
}

function toPascalCase(value: Json): Json {
  return JSON.parse(JSON.stringify(renameMembers(value, capital)));
}

function renameMembers(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => renameMembers(item, rename));
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), renameMembers(member, rename)]));
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
