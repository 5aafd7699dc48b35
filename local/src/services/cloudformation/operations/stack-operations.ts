import type { Operation } from '../../../core/service';
import { ServiceError } from '../../../core/service';
import { checkUpdatable, type CloudFormationContext, placeOf } from '../context';
import { differsOtherwise, previewChanges } from '../deployment/change-preview';
import type { OnFailure } from '../deployment/deployment';
import type { Stack, StackDefinition } from '../deployment/stack';
import { checkDefinitionRules, readDefinition } from '../stack-definition';
import { validationError } from '../template/errors';

/** Operations that change stacks. */
export function stackOperations(context: CloudFormationContext): Record<string, Operation> {
  const { core, stacks, environment, exports } = context;
  return {
    CreateStack: async (input) => {
      if (stacks.find(input.StackName)) {
        throw new ServiceError('AlreadyExistsException', `Stack [${input.StackName}] already exists`, 400);
      }
      if (input.DisableRollback !== undefined && input.OnFailure !== undefined) {
        throw validationError('Only one of DisableRollback and OnFailure may be specified.');
      }
      refuseStackPolicy(input);
      const definition = await readDefinition(core, input);
      const stack = stacks.add(input.StackName, environment);
      try {
        await checkDefinition(context, stack, definition);
      } catch (error) {
        stacks.remove(stack);
        throw error;
      }
      stack.terminationProtection = input.EnableTerminationProtection ?? false;
      stack.timeoutInMinutes = input.TimeoutInMinutes;
      void startCreate(context, stack, definition, input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'), input.ClientRequestToken);
      return { StackId: stack.id };
    },

    UpdateStack: async (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      checkUpdatable(stack);
      refuseStackPolicy(input);
      const definition = await readDefinition(core, input, stack.definition);
      const changes = await checkDefinition(context, stack, definition);
      if (changes.length === 0 && !differsOtherwise(stack.definition, definition)) {
        throw validationError('No updates are to be performed.');
      }
      void startUpdate(context, stack, definition, input.DisableRollback ?? false, input.ClientRequestToken);
      return { StackId: stack.id };
    },

    DeleteStack: async (input) => {
      const stack = stacks.find(input.StackName);
      if (!stack || stack.isDeleted || stack.status === 'DELETE_IN_PROGRESS') {
        return {};
      }
      if (stack.terminationProtection) {
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      }
      if (stack.isBusy && stack.status !== 'CREATE_IN_PROGRESS') {
        throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
      }
      const retained: string[] = input.RetainResources ?? [];
      if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
        throw validationError('Invalid operation on stack [' + stack.name + ']. To retain resources, the stack must be in DELETE_FAILED state');
      }
      const refusal = exports.refusalToDelete(stack.id);
      if (refusal) {
        // the stack is what it was before: it can still be updated
        stack.setStatus(stack.status, environment.now(), refusal);
        return {};
      }
      stack.clientRequestToken = input.ClientRequestToken;
      startDelete(context, stack, retained, input.DeletionMode === 'FORCE_DELETE_STACK');
      return {};
    },

    CancelUpdateStack: (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      if (stack.status !== 'UPDATE_IN_PROGRESS') {
        throw validationError('CancelUpdateStack cannot be called from current stack status');
      }
      stacks.deployment(stack)!.cancel('User Initiated');
      return {};
    },

    ContinueUpdateRollback: (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
      }
      void stacks.start(stack, environment, (deployment) => deployment.rollbackUpdate('User Initiated', input.ResourcesToSkip ?? []));
      return {};
    },

    RollbackStack: (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      if (stack.status === 'CREATE_FAILED') {
        void stacks.start(stack, environment, (deployment) => deployment.rollbackCreate('User Initiated'));
      } else if (stack.status === 'UPDATE_FAILED') {
        void stacks.start(stack, environment, (deployment) => deployment.rollbackUpdate('User Initiated'));
      } else {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
      }
      return { StackId: stack.id };
    },

    UpdateTerminationProtection: (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      stack.terminationProtection = input.EnableTerminationProtection;
      return { StackId: stack.id };
    },
  };
}

/** Refuses what CloudFormation refuses at once; answers what would change. */
export async function checkDefinition(context: CloudFormationContext, stack: Stack, definition: StackDefinition) {
  const place = placeOf(context, stack, definition);
  await checkDefinitionRules(definition, place, context.environment);
  const changedType = [...stack.resources.values()].filter(({ logicalId, type }) => (definition.template.Resources[logicalId]?.Type ?? type) !== type);
  if (changedType.length > 0) {
    throw validationError(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changedType.map(({ logicalId }) => logicalId).join(', ')}]`);
  }
  return previewChanges(stack, definition, place, context.environment);
}

export function startCreate(context: CloudFormationContext, stack: Stack, definition: StackDefinition, onFailure: OnFailure, token?: string): Promise<void> {
  const { core, stacks, environment } = context;
  stack.clientRequestToken = token;
  stack.disableRollback = onFailure === 'DO_NOTHING';
  rememberSecrets(stack, definition);
  const done = stacks.start(stack, environment, (deployment) => deployment.create(definition, onFailure));
  if (stack.timeoutInMinutes !== undefined) {
    const deployment = stacks.deployment(stack)!;
    const timeout = core.clock.schedule(stack.timeoutInMinutes * 60_000, 'work', `time-out of stack ${stack.name}`, () =>
      deployment.cancel('Stack creation time exceeded the specified timeout. '));
    void done.finally(() => timeout.cancel());
  }
  return done;
}

export function startUpdate(
  context: CloudFormationContext, stack: Stack, definition: StackDefinition, disableRollback: boolean, token?: string,
): Promise<void> {
  const { stacks, environment } = context;
  stack.clientRequestToken = token;
  stack.disableRollback = disableRollback;
  rememberSecrets(stack, definition);
  return stacks.start(stack, environment, (deployment) => deployment.update(definition, disableRollback));
}

function startDelete({ stacks, environment }: CloudFormationContext, stack: Stack, retained: readonly string[], force: boolean): void {
  const creation = stacks.deployment(stack);
  if (!creation) {
    void stacks.start(stack, environment, (deployment) => deployment.delete(retained, force));
    return;
  }
  // a stack that is still being created: what is left of the creation ends first
  creation.abandon();
  void stacks.idle(stack).then(() => stacks.start(stack, environment, (deployment) => deployment.delete(retained, force)));
}

function rememberSecrets(stack: Stack, { parameters }: StackDefinition): void {
  Object.values(parameters).filter(({ noEcho }) => noEcho).forEach(({ value }) => stack.secrets.add(value));
}

function refuseStackPolicy(input: Record<string, unknown>): void {
  if (input.StackPolicyBody !== undefined || input.StackPolicyURL !== undefined || input.StackPolicyDuringUpdateBody !== undefined) {
    throw new ServiceError('NotImplemented', 'this engine serves no stack policies', 501);
  }
}
