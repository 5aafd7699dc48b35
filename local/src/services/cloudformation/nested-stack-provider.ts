import type { CloudFormationContext } from './context';
import { differsOtherwise } from './deployment/change-preview';
import type { ResourceProvider, ResourceRequest, ResourceResult } from './deployment/resource-provider';
import type { Stack } from './deployment/stack';
import { checkDefinition, startCreate, startUpdate } from './operations/stack-operations';
import { readDefinition } from './stack-definition';
import type { Json } from './template/template';

/** What the parent's deployment has acknowledged holds for the stacks in it. */
const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

/** A stack as a resource of another stack: deployed with it, its outputs are attributes. */
export class NestedStackProvider implements ResourceProvider {
  /** The context holds the deployments' environment, which holds this provider: it comes when both stand. */
  constructor(private readonly context: () => CloudFormationContext) {}

  async create(request: ResourceRequest): Promise<ResourceResult> {
    const { stacks, environment } = this.context();
    const definition = await this.definition(request);
    const stack = stacks.add(request.generatedName(), environment);
    stack.parentId = request.stack.stackId;
    stack.rootId = stacks.get(request.stack.stackId).rootId ?? request.stack.stackId;
    stack.timeoutInMinutes = request.properties.TimeoutInMinutes as number | undefined;
    request.initiated(stack.id);
    await checkDefinition(this.context(), stack, definition);
    await request.waitFor(startCreate(this.context(), stack, definition, 'ROLLBACK'));
    return this.result(stack, 'CREATE_COMPLETE', 'created');
  }

  async update(request: ResourceRequest, { physicalId }: { readonly physicalId: string }): Promise<ResourceResult> {
    const stack = this.context().stacks.get(physicalId);
    const definition = await this.definition(request, stack);
    const changes = await checkDefinition(this.context(), stack, definition);
    if (changes.length === 0 && !differsOtherwise(stack.definition, definition)) {
      return { physicalId, attributes: outputs(stack) };
    }
    await request.waitFor(startUpdate(this.context(), stack, definition, false));
    return this.result(stack, 'UPDATE_COMPLETE', 'updated');
  }

  async delete(request: ResourceRequest, physicalId: string): Promise<void> {
    const { stacks, environment } = this.context();
    const stack = stacks.find(physicalId);
    if (stack && !stack.isDeleted) {
      await request.waitFor(stacks.start(stack, environment, (deployment) => deployment.delete()));
      this.result(stack, 'DELETE_COMPLETE', 'deleted');
    }
  }

  private definition({ properties }: ResourceRequest, existing?: Stack) {
    const Parameters = Object.entries((properties.Parameters ?? {}) as Json).map(([ParameterKey, value]) => ({ ParameterKey, ParameterValue: String(value) }));
    return readDefinition(this.context().core, {
      Parameters,
      TemplateURL: properties.TemplateURL as string | undefined,
      TemplateBody: properties.TemplateBody as string | undefined,
      Tags: properties.Tags as [] | undefined,
      NotificationARNs: properties.NotificationARNs as string[] | undefined,
      Capabilities: CAPABILITIES,
    }, existing?.definition);
  }

  private result(stack: Stack, expected: string, verb: string): ResourceResult {
    if (stack.status !== expected) {
      const reason = [...stack.events].reverse().find(({ ResourceStatusReason: text }) => text?.startsWith('The following resource(s) failed'))?.ResourceStatusReason;
      throw new Error(`Embedded stack ${stack.id} was not successfully ${verb}: ${reason ?? stack.statusReason ?? stack.status}`);
    }
    return { physicalId: stack.id, attributes: outputs(stack) };
  }
}

function outputs(stack: Stack): Json {
  return Object.fromEntries(stack.outputs.map(({ OutputKey, OutputValue }) => [`Outputs.${OutputKey}`, OutputValue]));
}
