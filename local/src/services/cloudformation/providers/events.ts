import { type Call, defined, document, pick, type SimulatedResource, tagsOf, unlessGone, updateTags } from './provider';
import type { ResourceRequest } from '../deployment/resource-provider';
import type { Json } from '../template/template';

export function eventsResources(call: Call): SimulatedResource[] {
  return [rule(call), eventBus(call)];
}

const DEFAULT_BUS = 'default';

/** A rule's name, in front of it the bus if that is not the default one. */
function ruleId(bus: string | undefined, name: string): string {
  return (bus ?? DEFAULT_BUS) === DEFAULT_BUS ? name : `${bus}|${name}`;
}

function ruleAddress(physicalId: string): { Name: string; EventBusName?: string } {
  const [bus, name] = physicalId.split('|');
  return name === undefined ? { Name: bus } : { Name: name, EventBusName: bus };
}

function targetIds({ Targets = [] }: Json): string[] {
  return (Targets as { Id: string }[]).map(({ Id }) => Id);
}

function rule(call: Call): SimulatedResource {
  const events = (operation: string, input: Json) => call('events', operation, input);
  const put = async ({ properties }: ResourceRequest, Name: string, before: Json) => {
    const { EventBusName, Targets = [] } = properties;
    const { RuleArn } = await events('PutRule', defined({
      ...pick(properties, ['Description', 'EventBusName', 'RoleArn', 'ScheduleExpression', 'State']), Name, EventPattern: document(properties.EventPattern),
    }));
    const gone = targetIds(before).filter((id) => !targetIds(properties).includes(id));
    if (gone.length > 0) {
      await events('RemoveTargets', defined({ Rule: Name, EventBusName, Ids: gone }));
    }
    if ((Targets as unknown[]).length > 0) {
      const { FailedEntryCount, FailedEntries } = await events('PutTargets', defined({ Rule: Name, EventBusName, Targets }));
      if (FailedEntryCount > 0) {
        throw new Error((FailedEntries as { TargetId: string; ErrorMessage: string }[]).map(({ TargetId, ErrorMessage }) => `${TargetId}: ${ErrorMessage}`).join(', '));
      }
    }
    await updateTags(tagsOf(before), tagsOf(properties), {
      set: (Tags) => events('TagResource', { ResourceARN: RuleArn, Tags }),
      remove: (TagKeys) => events('UntagResource', { ResourceARN: RuleArn, TagKeys }),
    });
    return { physicalId: ruleId(EventBusName as string | undefined, Name), attributes: { Arn: RuleArn } };
  };
  return {
    type: 'AWS::Events::Rule',
    properties: ['Description', 'EventBusName', 'EventPattern', 'Name', 'RoleArn', 'ScheduleExpression', 'State', 'Tags', 'Targets'],
    create: async (request) => {
      const Name = request.properties.Name as string | undefined ?? request.generatedName(64);
      request.initiated(ruleId(request.properties.EventBusName as string | undefined, Name));
      return put(request, Name, {});
    },
    update: (request, { physicalId, properties: before }) => put(request, ruleAddress(physicalId).Name, before),
    delete: async ({ properties }, physicalId) => {
      const { Name, EventBusName } = ruleAddress(physicalId);
      const Ids = targetIds(properties);
      if (Ids.length > 0) {
        await unlessGone(events('RemoveTargets', defined({ Rule: Name, EventBusName, Ids })), 'ResourceNotFoundException');
      }
      await unlessGone(events('DeleteRule', defined({ Name, EventBusName })), 'ResourceNotFoundException');
    },
  };
}

function eventBus(call: Call): SimulatedResource {
  return {
    type: 'AWS::Events::EventBus',
    properties: ['Name', 'Tags'],
    create: async ({ properties }) => {
      const { EventBusArn } = await call('events', 'CreateEventBus', { Name: properties.Name, Tags: tagsOf(properties) });
      return { physicalId: properties.Name as string, attributes: { Arn: EventBusArn, Name: properties.Name } };
    },
    update: async ({ properties }, { physicalId, properties: before }) => {
      const { Arn } = await call('events', 'DescribeEventBus', { Name: physicalId });
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => call('events', 'TagResource', { ResourceARN: Arn, Tags }),
        remove: (TagKeys) => call('events', 'UntagResource', { ResourceARN: Arn, TagKeys }),
      });
      return { physicalId, attributes: { Arn, Name: physicalId } };
    },
    delete: (_, Name) => unlessGone(call('events', 'DeleteEventBus', { Name }), 'ResourceNotFoundException'),
  };
}
