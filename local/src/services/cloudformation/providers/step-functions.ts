import { type Call, defined, lowerFirst, type SimulatedResource, tagsOf, unlessGone, updateTags } from './provider';
import type { ResourceRequest } from '../deployment/resource-provider';
import type { Json } from '../template/template';

export function stepFunctionsResources(call: Call): SimulatedResource[] {
  return [stateMachine(call)];
}

function stateMachine(call: Call): SimulatedResource {
  const states = (operation: string, input: Json) => call('stepfunctions', operation, input);
  const members = async ({ properties }: ResourceRequest) => defined({
    definition: await definitionText(call, properties),
    roleArn: properties.RoleArn,
    loggingConfiguration: lowerFirst(properties.LoggingConfiguration),
    tracingConfiguration: lowerFirst(properties.TracingConfiguration),
    encryptionConfiguration: lowerFirst(properties.EncryptionConfiguration),
  });
  const result = async (stateMachineArn: string) => {
    const { name, revisionId } = await states('DescribeStateMachine', { stateMachineArn });
    return { physicalId: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name, StateMachineRevisionId: revisionId ?? 'INITIAL' } };
  };
  return {
    type: 'AWS::StepFunctions::StateMachine',
    properties: ['Definition', 'DefinitionS3Location', 'DefinitionString', 'DefinitionSubstitutions', 'EncryptionConfiguration', 'LoggingConfiguration', 'RoleArn',
      'StateMachineName', 'StateMachineType', 'Tags', 'TracingConfiguration'],
    create: async (request) => {
      const { properties } = request;
      const { stateMachineArn } = await states('CreateStateMachine', defined({
        ...await members(request),
        name: properties.StateMachineName ?? request.generatedName(80),
        type: properties.StateMachineType,
        tags: lowerFirst(tagsOf(properties)),
      }));
      request.initiated(stateMachineArn);
      return result(stateMachineArn);
    },
    update: async (request, { physicalId: stateMachineArn, properties: before }) => {
      await states('UpdateStateMachine', { stateMachineArn, ...await members(request) });
      await updateTags(tagsOf(before), tagsOf(request.properties), {
        set: (tags) => states('TagResource', { resourceArn: stateMachineArn, tags: lowerFirst(tags) }),
        remove: (tagKeys) => states('UntagResource', { resourceArn: stateMachineArn, tagKeys }),
      });
      return result(stateMachineArn);
    },
    delete: (_, stateMachineArn) => unlessGone(states('DeleteStateMachine', { stateMachineArn }), 'StateMachineDoesNotExist'),
  };
}

async function definitionText(call: Call, { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions = {} }: Json): Promise<string> {
  const inTemplate = DefinitionString as string | undefined ?? (Definition === undefined ? undefined : JSON.stringify(Definition));
  const text = inTemplate ?? await storedDefinition(call, DefinitionS3Location as Json);
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const value = (DefinitionSubstitutions as Json)[name];
    return value === undefined ? whole : String(value);
  });
}

async function storedDefinition(call: Call, location: Json | undefined): Promise<string> {
  if (!location) {
    throw new Error('one of DefinitionString, Definition and DefinitionS3Location is required');
  }
  const { Body } = await call<{ Body: Buffer }>('s3', 'GetObject', defined({ Bucket: location.Bucket, Key: location.Key, VersionId: location.Version }));
  return Body.toString('utf8');
}
