import { checkCapabilities } from './capabilities';
import { DesiredStack } from './deployment/desired-stack';
import type { DeploymentEnvironment } from './deployment/environment';
import type { Tag } from './deployment/resource-provider';
import type { StackDefinition } from './deployment/stack';
import { ResourceType } from './resource-types/resource-type';
import { checkTemplate, type TypeKnowledge } from './template/check';
import { validationError } from './template/errors';
import { type ParameterInput, resolveParameters } from './template/parameters';
import { parseTemplate } from './template/parse';
import type { StackPlace } from './template/pseudo-parameters';
import { checkRules } from './template/rules';
import type { Template } from './template/template';
import { readTemplateText, type TemplateSource } from './template-source';
import type { EngineCore } from '../../core/engine';

/** What CreateStack, UpdateStack and CreateChangeSet have in common. */
export interface DefinitionInput extends TemplateSource {
  readonly UsePreviousTemplate?: boolean;
  readonly Parameters?: readonly ParameterInput[];
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly NotificationARNs?: readonly string[];
  readonly RoleARN?: string;
}

const TYPES: TypeKnowledge = {
  isKnown: (type) => ResourceType.isKnown(type),
  hasAttribute: (type, attribute) => ResourceType.of(type).hasAttribute(attribute),
};

export function readTemplate(text: string): Template {
  return checkTemplate(parseTemplate(text), TYPES);
}

/** Reads and checks all that a request says about a stack. */
export async function readDefinition(core: EngineCore, input: DefinitionInput, previous?: StackDefinition): Promise<StackDefinition> {
  const body = input.UsePreviousTemplate ? previousBody(previous) : await readTemplateText(core, input);
  const template = readTemplate(body);
  const readSsm = (names: readonly string[]) => readSsmParameters(core, names);
  const parameters = await resolveParameters(template.Parameters ?? {}, input.Parameters ?? [], previous?.parameters ?? {}, readSsm);
  const capabilities = input.Capabilities ?? [];
  checkCapabilities(template, capabilities);
  return {
    body,
    template,
    parameters,
    capabilities,
    tags: input.Tags ?? previous?.tags ?? [],
    notificationArns: input.NotificationARNs ?? previous?.notificationArns ?? [],
    roleArn: input.RoleARN ?? previous?.roleArn,
  };
}

/** The template's rules, which can only be decided where the stack will stand. */
export async function checkDefinitionRules(definition: StackDefinition, place: StackPlace, environment: DeploymentEnvironment): Promise<void> {
  const desired = await DesiredStack.of(definition, place, environment, { ref: () => undefined, getAtt: () => undefined });
  await checkRules(definition.template.Rules ?? {}, desired.conditions, (value) => desired.resolve(value));
}

function previousBody(previous: StackDefinition | undefined): string {
  if (!previous) {
    throw validationError('The stack has no previous template to use.');
  }
  return previous.body;
}

async function readSsmParameters(core: EngineCore, names: readonly string[]): Promise<Record<string, string>> {
  const { Parameters = [] } = await core.call<{ Parameters?: { Name: string; Value: string; Type: string }[] }>('ssm', 'GetParameters', { Names: names });
  const secure = Parameters.find(({ Type }) => Type === 'SecureString');
  if (secure) {
    throw validationError(`Parameters [${secure.Name}] referenced by template have types not supported by CloudFormation.`);
  }
  return Object.fromEntries(Parameters.map(({ Name, Value }) => [Name, Value]));
}
