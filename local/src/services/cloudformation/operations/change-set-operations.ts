import { type Operation, ServiceError } from '../../../core/service';
import type { ChangeSet } from '../change-sets';
import { checkUpdatable, type CloudFormationContext } from '../context';
import { differsOtherwise, type PlannedChange } from '../deployment/change-preview';
import type { Stack, StackDefinition } from '../deployment/stack';
import { page } from '../paging';
import { readDefinition } from '../stack-definition';
import { validationError } from '../template/errors';
import { describedParameters } from '../views';
import { checkDefinition, startCreate, startUpdate } from './stack-operations';

const NO_CHANGES = 'The submitted information didn\'t contain changes. Submit different information to create a change set.';

/** Change sets: what an operation would do, looked at before it is done. */
export function changeSetOperations(context: CloudFormationContext): Record<string, Operation> {
  const { core, stacks, changeSets, environment, newId } = context;
  const { region, accountId, partition } = environment.base;
  return {
    CreateChangeSet: async (input) => {
      const type = input.ChangeSetType ?? 'UPDATE';
      if (type === 'IMPORT' || input.ResourcesToImport) {
        throw new ServiceError('NotImplemented', 'this engine imports no resources into stacks', 501);
      }
      const existing = stacks.find(input.StackName);
      checkStackFor(type, existing, input);
      const definition = await readDefinition(core, input, existing?.definition);
      const stack = existing ?? stacks.add(input.StackName, environment);
      if (changeSets.find(input.ChangeSetName, stack.id)) {
        throw new ServiceError('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} already exists`, 400);
      }
      const changes = await changesOf(context, stack, definition, !existing);
      if (!existing) {
        stack.setStatus('REVIEW_IN_PROGRESS', environment.now(), 'User Initiated');
      }
      const isEmpty = type === 'UPDATE' && changes.length === 0 && !differsOtherwise(stack.definition, definition);
      const changeSet: ChangeSet = {
        id: `arn:${partition}:cloudformation:${region}:${accountId}:changeSet/${input.ChangeSetName}/${newId()}`,
        name: input.ChangeSetName,
        type,
        stack,
        definition,
        changes,
        tags: definition.tags,
        description: input.Description,
        creationTime: environment.now(),
        onStackFailure: input.OnStackFailure,
        ...(isEmpty ? { status: 'FAILED', statusReason: NO_CHANGES, executionStatus: 'UNAVAILABLE' } : { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' }),
      };
      changeSets.add(changeSet);
      return { Id: changeSet.id, StackId: stack.id };
    },

    DescribeChangeSet: (input) => {
      const changeSet = changeSets.get(input.ChangeSetName, input.StackName);
      const { items, NextToken } = page(changeSet.changes, input.NextToken);
      return { ...described(changeSet), Changes: items.map(describedChange), NextToken };
    },

    ListChangeSets: (input) => {
      const { items, NextToken } = page(changeSets.ofStack(stacks.get(input.StackName)), input.NextToken);
      return {
        NextToken,
        Summaries: items.map((changeSet) => {
          const { Parameters, NotificationARNs, RollbackConfiguration, Capabilities, Tags, OnStackFailure, ...summary } = described(changeSet);
          return summary;
        }),
      };
    },

    ExecuteChangeSet: (input) => {
      const changeSet = changeSets.get(input.ChangeSetName, input.StackName);
      const { stack, definition, type, executionStatus, status } = changeSet;
      if (executionStatus !== 'AVAILABLE') {
        throw new ServiceError('InvalidChangeSetStatus', `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${status}]`, 400);
      }
      if (type === 'UPDATE') {
        checkUpdatable(stack);
      }
      changeSets.ofStack(stack).forEach((other) => (other === changeSet ? changeSets.remove(other) : Object.assign(other, { executionStatus: 'OBSOLETE' })));
      stack.changeSetId = changeSet.id;
      if (type === 'CREATE') {
        void startCreate(context, stack, definition, changeSet.onStackFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'), input.ClientRequestToken);
      } else {
        void startUpdate(context, stack, definition, input.DisableRollback ?? changeSet.onStackFailure === 'DO_NOTHING', input.ClientRequestToken);
      }
      return {};
    },

    DeleteChangeSet: (input) => {
      const changeSet = changeSets.find(input.ChangeSetName, input.StackName);
      if (changeSet) {
        changeSets.remove(changeSet);
      }
      return {};
    },
  };
}

function checkStackFor(type: string, existing: Stack | undefined, { StackName, ChangeSetName }: Record<string, string>): void {
  const reviewed = existing?.status === 'REVIEW_IN_PROGRESS';
  if (type === 'CREATE' && existing && !reviewed) {
    throw validationError(`Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`);
  }
  if (type === 'UPDATE' && !existing) {
    throw validationError(`Stack [${StackName}] does not exist`);
  }
  if (type === 'UPDATE') {
    checkUpdatable(existing!);
  }
}

/** A refused definition leaves no stack behind. */
async function changesOf(context: CloudFormationContext, stack: Stack, definition: StackDefinition, isNew: boolean): Promise<PlannedChange[]> {
  try {
    return await checkDefinition(context, stack, definition);
  } catch (error) {
    if (isNew) {
      context.stacks.remove(stack);
    }
    throw error;
  }
}

function described(changeSet: ChangeSet) {
  const { definition, stack } = changeSet;
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    CreationTime: changeSet.creationTime,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    Parameters: describedParameters(definition),
    NotificationARNs: definition.notificationArns,
    RollbackConfiguration: {},
    Capabilities: definition.capabilities,
    Tags: changeSet.tags,
    IncludeNestedStacks: false,
    OnStackFailure: changeSet.onStackFailure,
  };
}

function describedChange({ action, logicalId, physicalId, type, replacement, scope, properties }: PlannedChange) {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: replacement,
      Scope: scope,
      Details: properties.map((name) => ({
        Target: { Attribute: 'Properties', Name: name, RequiresRecreation: replacement === 'True' ? 'Always' : replacement === 'False' ? 'Never' : 'Conditionally' },
        Evaluation: replacement === 'Conditional' ? 'Dynamic' : 'Static',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}
