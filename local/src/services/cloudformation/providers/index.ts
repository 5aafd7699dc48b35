import { eventsResources } from './events';
import { iamResources } from './iam';
import { labelingResources } from './labeling';
import { lambdaResources } from './lambda';
import { lambdaExtras } from './lambda-extras';
import { markerResources } from './markers';
import { messagingResources } from './messaging';
import { operationsResources } from './operations';
import type { SimulatedResource } from './provider';
import { s3Resources } from './s3';
import { securityResources } from './security';
import { stepFunctionsResources } from './step-functions';
import type { EngineCore } from '../../../core/engine';
import type { ResourceProvider } from '../deployment/resource-provider';
import { isCustomResource, ResourceType } from '../resource-types/resource-type';
import type { Json } from '../template/template';

export function simulatedResources(core: EngineCore): SimulatedResource[] {
  // bound late: services may not be used before the engine stands
  const call: EngineCore['call'] = (service, operation, input) => core.call(service, operation, input);
  return [
    ...eventsResources(call), ...iamResources(call), ...labelingResources(call), ...lambdaResources(call, core), ...lambdaExtras(call), ...markerResources(),
    ...messagingResources(call), ...operationsResources(call), ...s3Resources(call), ...securityResources(call), ...stepFunctionsResources(call),
  ];
}

/** The provider of a type: simulated, custom, or one that only records. */
export function providerLookup(
  simulated: readonly SimulatedResource[], others: Readonly<Record<string, ResourceProvider>>, custom: ResourceProvider,
): (type: string) => ResourceProvider {
  const byType = new Map(simulated.map((resource) => [resource.type, noting(resource)]));
  return (type) => (isCustomResource(type) ? custom : byType.get(type) ?? others[type] ?? recorded);
}

/** Says in the resource's event which of its properties have no effect here. */
function noting(resource: SimulatedResource): ResourceProvider {
  const note = (properties: Json) => {
    const without = Object.keys(properties).filter((name) => !resource.properties.includes(name));
    return without.length > 0 ? { note: `Recorded only, not simulated by the local engine: ${without.join(', ')}` } : {};
  };
  return {
    create: async (request) => ({ ...await resource.create(request), ...note(request.properties) }),
    update: async (request, existing) => ({ ...await resource.update(request, existing), ...note(request.properties) }),
    delete: (request, physicalId) => resource.delete(request, physicalId),
  };
}

function recordedNote(type: string): string {
  const unchecked = ResourceType.of(type).hasSchema ? '' : ', its properties are not checked, its attributes are placeholders';
  return `Recorded only: the local engine does not simulate ${type}${unchecked}`;
}

const recorded: ResourceProvider = {
  create: async ({ type, generatedName }) => ({ physicalId: generatedName(), note: recordedNote(type) }),
  update: async ({ type }, { physicalId }) => ({ physicalId, note: recordedNote(type) }),
  delete: async () => {},
};
