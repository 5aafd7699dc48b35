import type { Stack, StackDefinition, StackResource } from './deployment/stack';

/** Parameters as shown: a NoEcho value is masked. */
export function describedParameters({ parameters }: StackDefinition): { ParameterKey: string; ParameterValue: string; ResolvedValue?: string }[] {
  return Object.entries(parameters).map(([ParameterKey, { value, resolvedValue, noEcho }]) => ({
    ParameterKey,
    ParameterValue: noEcho ? '****' : value,
    ...(resolvedValue === undefined ? {} : { ResolvedValue: noEcho ? '****' : resolvedValue }),
  }));
}

export function describedStack(stack: Stack) {
  const { definition } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: definition?.template.Description,
    Parameters: definition ? describedParameters(definition) : [],
    CreationTime: stack.creationTime,
    DeletionTime: stack.deletionTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: definition?.notificationArns ?? [],
    TimeoutInMinutes: stack.timeoutInMinutes,
    Capabilities: definition?.capabilities ?? [],
    Outputs: stack.outputs,
    RoleARN: definition?.roleArn,
    Tags: definition?.tags ?? [],
    EnableTerminationProtection: stack.terminationProtection,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: NOT_CHECKED,
  };
}

const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' };

export function stackSummary(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.definition?.template.Description,
    CreationTime: stack.creationTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    DeletionTime: stack.deletionTime,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: NOT_CHECKED,
  };
}

export function resourceSummary(resource: StackResource) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    LastUpdatedTimestamp: resource.timestamp,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** DescribeStackResource has the metadata; DescribeStackResources calls the time `Timestamp`. */
export function resourceDetail(stack: Stack, resource: StackResource) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...resourceSummary(resource),
    ...(resource.metadata ? { Metadata: JSON.stringify(resource.metadata) } : {}),
  };
}

export function resourceEntry(stack: Stack, resource: StackResource) {
  const { LastUpdatedTimestamp: Timestamp, ...rest } = resourceSummary(resource);
  return { StackName: stack.name, StackId: stack.id, ...rest, Timestamp };
}
