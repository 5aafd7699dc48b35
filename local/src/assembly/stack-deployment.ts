import {
  CreateChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStacksCommand, ExecuteChangeSetCommand, UpdateTerminationProtectionCommand,
  type CloudFormationClient, type Parameter, type Stack, type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { AssemblyStack } from './cloud-assembly';
import { type Environment, resolvePlaceholders } from './placeholders';
import { StackEvents } from './stack-events';
import { isMissing, settled } from './stack-status';

export interface StackResult {
  readonly status: string;
  /** What failed first, if anything did. */
  readonly reason?: string;
  /** Nothing had to be done. */
  readonly unchanged: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly events: readonly StackEvent[];
  /** Resources, or properties of resources, that the engine has recorded without simulating them. */
  readonly recordedOnly: ReadonlyArray<{ readonly logicalId: string; readonly type: string; readonly note: string }>;
}

const SUCCEEDED = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'];
const NOTHING_TO_DO = /didn't contain changes|No updates are to be performed/;

export function hasSucceeded({ status }: StackResult): boolean {
  return SUCCEEDED.includes(status);
}

export async function findStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Creates or updates one stack, through a change set as the CDK CLI does. */
export async function deployStack(
  client: CloudFormationClient, endpoint: string, stack: AssemblyStack, environment: Environment, parameters: Readonly<Record<string, string>>,
  onEvent: (event: StackEvent) => void,
): Promise<StackResult> {
  const existing = await withoutFailedCreation(client, await findStack(client, stack.name), onEvent);
  const events = new StackEvents(client, existing?.StackId ?? stack.name, onEvent);
  if (existing) {
    await events.skipPast();
  }
  const changeSet = await createChangeSet(client, endpoint, stack, environment, parameters, existing);
  if (changeSet.unchanged) {
    return result(existing!, events, true);
  }
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: changeSet.id }));
  const deployed = await settled(client, stack.name, () => events.read());
  if ((deployed.EnableTerminationProtection ?? false) !== stack.terminationProtection) {
    await client.send(new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection: stack.terminationProtection }));
  }
  return result(deployed, events, false);
}

export async function destroyStack(client: CloudFormationClient, { StackId, StackName }: Stack, onEvent: (event: StackEvent) => void): Promise<StackResult> {
  const events = new StackEvents(client, StackId!, onEvent);
  await events.skipPast();
  await client.send(new DeleteStackCommand({ StackName }));
  return result(await settled(client, StackId!, () => events.read()), events, false);
}

/** A stack whose creation failed can only be deleted. */
async function withoutFailedCreation(client: CloudFormationClient, stack: Stack | undefined, onEvent: (event: StackEvent) => void): Promise<Stack | undefined> {
  if (stack?.StackStatus !== 'ROLLBACK_COMPLETE' && stack?.StackStatus !== 'ROLLBACK_FAILED') {
    return stack;
  }
  const removed = await destroyStack(client, stack, onEvent);
  if (!hasSucceeded(removed)) {
    throw new Error(`stack ${stack.StackName} is left from a failed creation and cannot be deleted: ${removed.reason}`);
  }
  return undefined;
}

async function createChangeSet(
  client: CloudFormationClient, endpoint: string, stack: AssemblyStack, environment: Environment, given: Readonly<Record<string, string>>, existing?: Stack,
): Promise<{ readonly id: string; readonly unchanged: boolean }> {
  const isNew = !existing || existing.StackStatus === 'REVIEW_IN_PROGRESS';
  const { Id } = await client.send(new CreateChangeSetCommand({
    StackName: stack.name,
    ChangeSetName: 'local-deploy-' + Math.random().toString(36).slice(2),
    ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Parameters: parametersOf(stack, given, existing),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    NotificationARNs: [...stack.notificationArns],
    RoleARN: stack.executionRoleArn && resolvePlaceholders(stack.executionRoleArn, environment),
    ...(stack.templateUrl
      ? { TemplateURL: resolvePlaceholders(stack.templateUrl, environment).replace(/^s3:\/\//, `${endpoint}/`) }
      : { TemplateBody: stack.template }),
  }));
  const { Status, StatusReason = '' } = await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
  if (Status === 'FAILED' && !NOTHING_TO_DO.test(StatusReason)) {
    throw new Error(`the change set of stack ${stack.name} failed: ${StatusReason}`);
  }
  return { id: Id!, unchanged: Status === 'FAILED' };
}

/** What is given, else what the stack had; a parameter that is new in the template takes its default. */
function parametersOf(stack: AssemblyStack, given: Readonly<Record<string, string>>, existing?: Stack): Parameter[] {
  const declared = Object.keys((JSON.parse(stack.template) as { Parameters?: object }).Parameters ?? {});
  const unknown = Object.keys(given).filter((key) => !declared.includes(key));
  if (unknown.length > 0) {
    throw new Error(`stack ${stack.name} has no parameter ${unknown.map((key) => `"${key}"`).join(', ')}; it has ${declared.join(', ') || 'none'}`);
  }
  const previous = existing?.Parameters?.map(({ ParameterKey }) => ParameterKey) ?? [];
  return declared.filter((key) => key in given || previous.includes(key))
    .map((ParameterKey) => (ParameterKey in given ? { ParameterKey, ParameterValue: given[ParameterKey] } : { ParameterKey, UsePreviousValue: true }));
}

function result({ StackStatus, StackStatusReason, Outputs = [] }: Stack, events: StackEvents, unchanged: boolean): StackResult {
  const succeeded = SUCCEEDED.includes(StackStatus!) || unchanged;
  return {
    status: StackStatus!,
    ...(succeeded ? {} : { reason: events.firstFailure ?? StackStatusReason }),
    unchanged,
    outputs: Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!])),
    events: events.all,
    recordedOnly: events.all.filter(({ ResourceStatusReason: reason }) => reason?.startsWith('Recorded only'))
      .map((event) => ({ logicalId: event.LogicalResourceId!, type: event.ResourceType!, note: event.ResourceStatusReason! })),
  };
}
