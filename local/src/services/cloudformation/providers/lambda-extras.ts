import { type Call, pick, type SimulatedResource, tagMap, tagsOf, unlessGone } from './provider';
import type { ResourceRequest } from '../deployment/resource-provider';

const GONE = 'ResourceNotFoundException';

/** Lambda's smaller resources: event sources, layers, settings of asynchronous calls, addresses. */
export function lambdaExtras(call: Call): SimulatedResource[] {
  return [eventSourceMapping(call), layerVersion(call), eventInvokeConfig(call), functionUrl(call)];
}

const MAPPING = ['BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'DocumentDBEventSourceConfig', 'Enabled', 'FilterCriteria', 'FunctionName',
  'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor', 'ScalingConfig',
  'SourceAccessConfigurations', 'TumblingWindowInSeconds'];
const MAPPING_AT_CREATION = ['AmazonManagedKafkaEventSourceConfig', 'EventSourceArn', 'Queues', 'SelfManagedEventSource', 'SelfManagedKafkaEventSourceConfig',
  'StartingPosition', 'StartingPositionTimestamp', 'Topics'];

function eventSourceMapping(call: Call): SimulatedResource {
  const result = ({ UUID, EventSourceMappingArn }: { UUID: string; EventSourceMappingArn: string }) =>
    ({ physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } });
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: [...MAPPING, ...MAPPING_AT_CREATION, 'Tags'],
    create: async ({ properties }) => result(await call('lambda', 'CreateEventSourceMapping', {
      ...pick(properties, [...MAPPING, ...MAPPING_AT_CREATION]), Tags: tagMap(tagsOf(properties)),
    })),
    update: async ({ properties }, { physicalId: UUID }) => result(await call('lambda', 'UpdateEventSourceMapping', { UUID, ...pick(properties, MAPPING) })),
    delete: (_, UUID) => unlessGone(call('lambda', 'DeleteEventSourceMapping', { UUID }), GONE),
  };
}

function layerVersion(call: Call): SimulatedResource {
  const LAYER = ['CompatibleArchitectures', 'CompatibleRuntimes', 'Content', 'Description', 'LicenseInfo'];
  return {
    type: 'AWS::Lambda::LayerVersion',
    properties: [...LAYER, 'LayerName'],
    create: async (request) => {
      const { LayerVersionArn } = await call('lambda', 'PublishLayerVersion', {
        ...pick(request.properties, LAYER), LayerName: request.properties.LayerName ?? request.generatedName(64),
      });
      return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
    },
    // every property replaces it
    update: async (_, { physicalId }) => ({ physicalId, attributes: { LayerVersionArn: physicalId } }),
    delete: (_, physicalId) => {
      const [, LayerName, number] = /^(.+):(\d+)$/.exec(physicalId)!;
      return unlessGone(call('lambda', 'DeleteLayerVersion', { LayerName, VersionNumber: Number(number) }), GONE);
    },
  };
}

function eventInvokeConfig(call: Call): SimulatedResource {
  const CONFIG = ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'];
  const put = ({ properties }: ResourceRequest) => call('lambda', 'PutFunctionEventInvokeConfig', pick(properties, CONFIG));
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: CONFIG,
    create: async (request) => {
      await put(request);
      return { physicalId: request.generatedName() };
    },
    update: async (request, { physicalId }) => {
      await put(request);
      return { physicalId };
    },
    delete: ({ properties }) => unlessGone(call('lambda', 'DeleteFunctionEventInvokeConfig', pick(properties, ['FunctionName', 'Qualifier'])), GONE),
  };
}

function functionUrl(call: Call): SimulatedResource {
  const result = ({ FunctionArn, FunctionUrl }: { FunctionArn: string; FunctionUrl: string }) =>
    ({ physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } });
  const settings = ({ properties }: ResourceRequest) => pick(properties, ['AuthType', 'Cors', 'InvokeMode']);
  return {
    type: 'AWS::Lambda::Url',
    properties: ['AuthType', 'Cors', 'InvokeMode', 'Qualifier', 'TargetFunctionArn'],
    create: async (request) => result(await call('lambda', 'CreateFunctionUrlConfig', {
      ...settings(request), ...pick(request.properties, ['Qualifier']), FunctionName: request.properties.TargetFunctionArn,
    })),
    // what is not in the template any more goes back to its default
    update: async (request, { physicalId: FunctionName }) =>
      result(await call('lambda', 'UpdateFunctionUrlConfig', { Cors: {}, InvokeMode: 'BUFFERED', ...settings(request), FunctionName })),
    delete: (_, FunctionName) => unlessGone(call('lambda', 'DeleteFunctionUrlConfig', { FunctionName }), GONE),
  };
}
