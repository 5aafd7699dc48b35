import type { Operation } from '../../../core/service';
import { requiredCapabilities } from '../capabilities';
import type { CloudFormationContext } from '../context';
import { readTemplate } from '../stack-definition';
import { asList, type ParameterDeclaration, type Template } from '../template/template';
import { readTemplateText } from '../template-source';

/** Operations about templates rather than stacks. */
export function templateOperations({ core, stacks, changeSets }: CloudFormationContext): Record<string, Operation> {
  return {
    GetTemplate: (input) => {
      const definition = input.ChangeSetName ? changeSets.get(input.ChangeSetName, input.StackName).definition : stacks.get(input.StackName).definition;
      return { TemplateBody: definition?.body ?? '', StagesAvailable: ['Original', 'Processed'] };
    },

    GetTemplateSummary: async (input) => {
      const text = input.StackName ? stacks.get(input.StackName).definition?.body ?? '' : await readTemplateText(core, input);
      const template = readTemplate(text);
      return {
        ...described(template),
        Parameters: Object.entries(template.Parameters ?? {}).map(([key, declaration]) => ({
          ...describedParameter(key, declaration),
          ParameterType: declaration.Type,
          ParameterConstraints: declaration.AllowedValues ? { AllowedValues: declaration.AllowedValues.map(String) } : {},
        })),
        ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
        Version: template.AWSTemplateFormatVersion,
        Metadata: template.Metadata && JSON.stringify(template.Metadata),
      };
    },

    ValidateTemplate: async (input) => {
      const template = readTemplate(await readTemplateText(core, input));
      const parameters = Object.entries(template.Parameters ?? {});
      return { ...described(template), Parameters: parameters.map(([key, declaration]) => describedParameter(key, declaration)) };
    },
  };
}

function described(template: Template) {
  const { capabilities, reason } = requiredCapabilities(template);
  return { Description: template.Description, Capabilities: capabilities, CapabilitiesReason: reason, DeclaredTransforms: asList(template.Transform) };
}

function describedParameter(key: string, { Default, NoEcho, Description }: ParameterDeclaration) {
  return { ParameterKey: key, DefaultValue: Default === undefined ? undefined : String(Default), NoEcho: String(NoEcho) === 'true', Description };
}
