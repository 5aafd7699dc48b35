import { inlineCode } from './inline-code';
import { type Call, changed, defined, pick, type SimulatedResource, tagMap, tagsOf, unlessGone, updateTags } from './provider';
import type { EngineCore } from '../../../core/engine';
import type { ResourceRequest } from '../deployment/resource-provider';
import type { Json } from '../template/template';

export function lambdaResources(call: Call, { clock }: Pick<EngineCore, 'clock'>): SimulatedResource[] {
  return [lambdaFunction(call, (request) => request.waitFor(clock.sleep(1000, `until function ${request.logicalId} is active`))), permission(call), version(call), alias(call)];
}

const CONFIGURATION = ['Description', 'Handler', 'MemorySize', 'Role', 'Runtime', 'Timeout', 'DeadLetterConfig', 'TracingConfig', 'VpcConfig', 'Layers',
  'FileSystemConfigs', 'EphemeralStorage', 'ImageConfig', 'SnapStart', 'LoggingConfig', 'Environment'];
const CODE = ['Code', 'Architectures'];

/** Variables are text, whatever the template wrote. */
function configuration(properties: Json): Json {
  const { Variables } = (properties.Environment ?? {}) as { Variables?: Json };
  return defined({
    ...pick(properties, CONFIGURATION),
    KMSKeyArn: properties.KmsKeyArn,
    Environment: Variables && { Variables: Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, typeof value === 'object' ? value : String(value)])) },
  });
}

function code({ Code, Runtime }: Json): Json {
  const { ZipFile, SourceKMSKeyArn, ...location } = Code as Json;
  return ZipFile === undefined ? location : { ZipFile: inlineCode(String(ZipFile), String(Runtime)) };
}

function lambdaFunction(call: Call, pause: (request: ResourceRequest) => Promise<void>): SimulatedResource {
  const settled = async (request: ResourceRequest, FunctionName: string) => {
    for (;;) {
      const { State, StateReason, LastUpdateStatus, FunctionArn } = await call('lambda', 'GetFunctionConfiguration', { FunctionName });
      if (State === 'Failed' || LastUpdateStatus === 'Failed') {
        throw new Error(`Function ${FunctionName} did not become active: ${StateReason}`);
      }
      if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') {
        return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
      }
      await pause(request);
    }
  };
  const concurrency = async (FunctionName: string, after: Json, before: Json) => {
    if (changed(before, after, ['ReservedConcurrentExecutions'])) {
      await (after.ReservedConcurrentExecutions === undefined
        ? call('lambda', 'DeleteFunctionConcurrency', { FunctionName })
        : call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: after.ReservedConcurrentExecutions }));
    }
  };
  const recursion = async (FunctionName: string, after: Json, before: Json) => {
    if (changed(before, after, ['RecursiveLoop'])) await call('lambda', 'PutFunctionRecursionConfig', { FunctionName, RecursiveLoop: after.RecursiveLoop ?? 'Terminate' });
  };
  return {
    type: 'AWS::Lambda::Function',
    properties: [...CONFIGURATION, ...CODE, 'FunctionName', 'KmsKeyArn', 'PackageType', 'RecursiveLoop', 'ReservedConcurrentExecutions', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const FunctionName = properties.FunctionName as string | undefined ?? request.generatedName(64);
      await call('lambda', 'CreateFunction', {
        FunctionName, ...configuration(properties), ...pick(properties, ['Architectures', 'PackageType']), Code: code(properties), Tags: tagMap(tagsOf(properties)),
      });
      request.initiated(FunctionName);
      await concurrency(FunctionName, properties, {});
      await recursion(FunctionName, properties, {});
      return settled(request, FunctionName);
    },
    update: async (request, { physicalId: FunctionName, properties: before }) => {
      const { properties } = request;
      if (changed(before, properties, CODE)) {
        await call('lambda', 'UpdateFunctionCode', { FunctionName, ...code(properties), ...pick(properties, ['Architectures']) });
        await settled(request, FunctionName);
      }
      if (changed(before, properties, [...CONFIGURATION, 'KmsKeyArn'])) {
        // what is not in the template any more goes back to its default
        await call('lambda', 'UpdateFunctionConfiguration', { FunctionName, Description: '', MemorySize: 128, Timeout: 3, Layers: [], Environment: { Variables: {} }, ...configuration(properties) });
      }
      await concurrency(FunctionName, properties, before);
      await recursion(FunctionName, properties, before);
      const result = await settled(request, FunctionName);
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (tags) => call('lambda', 'TagResource', { Resource: result.attributes.Arn, Tags: tagMap(tags) }),
        remove: (TagKeys) => call('lambda', 'UntagResource', { Resource: result.attributes.Arn, TagKeys }),
      });
      return result;
    },
    delete: (_, FunctionName) => unlessGone(call('lambda', 'DeleteFunction', { FunctionName }), 'ResourceNotFoundException'),
  };
}

const PERMISSION = ['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount', 'EventSourceToken', 'PrincipalOrgID', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'];

function permission(call: Call): SimulatedResource {
  return {
    type: 'AWS::Lambda::Permission',
    properties: PERMISSION,
    create: async (request) => {
      const StatementId = request.generatedName(100);
      await call('lambda', 'AddPermission', { ...pick(request.properties, PERMISSION), StatementId });
      return { physicalId: StatementId, attributes: { Id: StatementId } };
    },
    // every property replaces it
    update: async (_, { physicalId }) => ({ physicalId, attributes: { Id: physicalId } }),
    delete: ({ properties: { FunctionName } }, StatementId) =>
      unlessGone(call('lambda', 'RemovePermission', { FunctionName, StatementId }), 'ResourceNotFoundException'),
  };
}

function version(call: Call): SimulatedResource {
  return {
    type: 'AWS::Lambda::Version',
    properties: ['CodeSha256', 'Description', 'FunctionName'],
    create: async ({ properties }) => {
      const { FunctionArn, Version } = await call('lambda', 'PublishVersion', pick(properties, ['FunctionName', 'CodeSha256', 'Description']));
      return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
    },
    update: async (_, { physicalId }) => ({ physicalId, attributes: { FunctionArn: physicalId, Version: physicalId.split(':').pop() } }),
    delete: (_, physicalId) => {
      const [, FunctionName, Qualifier] = /^(.+):(\d+)$/.exec(physicalId)!;
      return unlessGone(call('lambda', 'DeleteFunction', { FunctionName, Qualifier }), 'ResourceNotFoundException');
    },
  };
}

interface VersionWeight {
  readonly FunctionVersion: string;
  readonly FunctionWeight: number;
}

function alias(call: Call): SimulatedResource {
  const members = (properties: Json) => {
    const weights = (properties.RoutingConfig as { AdditionalVersionWeights?: VersionWeight[] } | undefined)?.AdditionalVersionWeights;
    return {
      ...pick(properties, ['Description', 'FunctionName', 'FunctionVersion', 'Name']),
      ...(weights ? {
        RoutingConfig: {
          AdditionalVersionWeights: Object.fromEntries(weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, FunctionWeight])),
        },
      } : {}),
    };
  };
  return {
    type: 'AWS::Lambda::Alias',
    properties: ['Description', 'FunctionName', 'FunctionVersion', 'Name', 'RoutingConfig'],
    create: async ({ properties }) => {
      const { AliasArn } = await call('lambda', 'CreateAlias', members(properties));
      return { physicalId: AliasArn, attributes: { AliasArn } };
    },
    update: async ({ properties }, { physicalId }) => {
      await call('lambda', 'UpdateAlias', { Description: '', RoutingConfig: { AdditionalVersionWeights: {} }, ...members(properties) });
      return { physicalId, attributes: { AliasArn: physicalId } };
    },
    delete: ({ properties: { FunctionName, Name } }) => unlessGone(call('lambda', 'DeleteAlias', { FunctionName, Name }), 'ResourceNotFoundException'),
  };
}
