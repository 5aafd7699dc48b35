import { Deployment, type OnFailure } from '../../../local/src/services/cloudformation/deployment/deployment';
import type { DeploymentEnvironment } from '../../../local/src/services/cloudformation/deployment/environment';
import { ResourceCancelled, ResourceFailure, type ResourceProvider, type ResourceRequest, type ResourceResult } from '../../../local/src/services/cloudformation/deployment/resource-provider';
import { Stack, type StackDefinition } from '../../../local/src/services/cloudformation/deployment/stack';
import { readTemplate } from '../../../local/src/services/cloudformation/stack-definition';
import type { Json } from '../../../local/src/services/cloudformation/template/template';

type Resources = Record<string, Json>;

/**
 * Deployments without an engine. What happens to a resource is decided by its own properties: `Fail: 'Create'` fails there,
 * `Hang: 'Update'` never answers, `Id` is the id that it answers with.
 */
export class FakeWorld {
  /** What providers were asked, in order: `create A`, `update A a1`, `delete A a1`. */
  readonly asked: string[] = [];
  readonly requests: { verb: string; logicalId: string; properties: Json; before?: Json; physicalId?: string }[] = [];
  readonly stack = new Stack('stack', 'arn:aws:cloudformation:us-east-1:123456789012:stack/stack/1', new Date(0), () => 'id');
  /** Resources of which every request fails from now on. */
  readonly failing = new Set<string>();
  private names = 0;
  private readonly environment: DeploymentEnvironment = {
    base: { region: 'us-east-1', accountId: '123456789012', partition: 'aws' },
    now: () => new Date(0),
    hold: () => () => {},
    provider: (type) => this.provider(type.startsWith('Custom::')),
    newSuffix: () => `${++this.names}`,
    publishExports: () => {},
    importValue: () => '',
    availabilityZones: () => [],
    dynamic: async () => 'secret',
  };

  async create(resources: Resources, onFailure: OnFailure = 'ROLLBACK'): Promise<string> {
    await new Deployment(this.environment, this.stack).create(definition(resources), onFailure);
    return this.stack.status;
  }

  async update(resources: Resources, disableRollback = false): Promise<string> {
    this.asked.length = this.requests.length = 0;
    await new Deployment(this.environment, this.stack).update(definition(resources), disableRollback);
    return this.stack.status;
  }

  /** Starts an update and cancels it when every resource that can be asked has been asked. */
  async cancelledUpdate(resources: Resources): Promise<string> {
    this.asked.length = this.requests.length = 0;
    const deployment = new Deployment(this.environment, this.stack);
    const done = deployment.update(definition(resources), false);
    await new Promise((resolve) => setTimeout(resolve, 10));
    deployment.cancel('User Initiated');
    await done;
    return this.stack.status;
  }

  async continueRollback(skipped: string[]): Promise<string> {
    await new Deployment(this.environment, this.stack).rollbackUpdate('User Initiated', skipped);
    return this.stack.status;
  }

  async delete(retained: string[] = []): Promise<string> {
    this.asked.length = 0;
    await new Deployment(this.environment, this.stack).delete(retained);
    return this.stack.status;
  }

  events(logicalId: string): string[] {
    return this.stack.events.filter((event) => event.LogicalResourceId === logicalId)
      .map(({ ResourceStatus, ResourceStatusReason }) => `${ResourceStatus}${ResourceStatusReason ? `: ${ResourceStatusReason}` : ''}`);
  }

  private provider(isCustom: boolean): ResourceProvider {
    const act = async (verb: string, request: ResourceRequest, physicalId?: string, before?: Json): Promise<ResourceResult> => {
      const { logicalId, properties, signal } = request;
      this.asked.push(`${verb} ${logicalId}${physicalId ? ` ${physicalId}` : ''}`);
      this.requests.push({ verb, logicalId, properties, before, physicalId });
      const instruction = (name: string) => String(properties[name] ?? tagged(properties, name));
      if (this.failing.has(logicalId) || instruction('Fail').toLowerCase() === verb) {
        throw new ResourceFailure(`${verb} failed`, isCustom ? String(properties.Id ?? physicalId) : undefined);
      }
      if (instruction('Hang').toLowerCase() === verb) {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new ResourceCancelled())));
      }
      const id = String(properties.Id ?? (verb === 'update' ? physicalId : request.generatedName()));
      request.initiated(id);
      return { physicalId: id, attributes: properties };
    };
    return {
      custom: isCustom,
      create: async (request) => act('create', request),
      update: async (request, { physicalId, properties }) => act('update', request, physicalId, properties),
      delete: async (request, physicalId) => {
        await act('delete', request, physicalId);
      },
    };
  }
}

/** Built-in types refuse properties of our own: instructions travel as tags. */
function tagged(properties: Json, name: string): unknown {
  return (properties.Tags as { Key: string; Value: string }[] | undefined)?.find(({ Key }) => Key === name)?.Value;
}

function definition(Resources: Resources): StackDefinition {
  const body = JSON.stringify({ Resources });
  return { body, template: readTemplate(body), parameters: {}, tags: [], capabilities: [], notificationArns: [] };
}

export function custom(properties: Json = {}, more: Json = {}): Json {
  return { Type: 'Custom::Thing', Properties: { ServiceToken: 'token', ...properties }, ...more };
}

export function queue(properties: Json = {}, more: Json = {}): Json {
  return { Type: 'AWS::SQS::Queue', Properties: properties, ...more };
}
