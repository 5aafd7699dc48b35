import { templateFormatError, validationError } from './errors';
import { LANGUAGE_EXTENSIONS } from './functions';
import { findCycle } from './graph';
import { checkParameterDeclarations } from './parameters';
import { isPseudoParameter } from './pseudo-parameters';
import { dependenciesOf, referencesOf } from './references';
import { asList, isObject, type Json, type ResourceDeclaration, type Template } from './template';

const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Transform', 'Resources', 'Outputs', 'Hooks'];
const RESOURCE_MEMBERS = ['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy', 'Version'];
const ALPHANUMERIC = /^[A-Za-z0-9]{1,255}$/;
const POLICIES = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
};
/** CloudFormation's documented limits of a template. */
const LIMITS: Readonly<Record<string, number>> = { Parameters: 200, Mappings: 200, Resources: 500, Outputs: 200 };

/** What a template's check needs to know of the resource types. */
export interface TypeKnowledge {
  isKnown(type: string): boolean;
  hasAttribute(type: string, attribute: string): boolean;
}

/** Refuses what CloudFormation refuses when it reads a template, in its words. */
export function checkTemplate(parsed: Json, types: TypeKnowledge): Template {
  checkSections(parsed);
  const template = parsed as unknown as Template;
  checkNames(template);
  checkParameterDeclarations(template.Parameters ?? {});
  Object.entries(template.Resources).forEach(([name, resource]) => checkResource(name, resource));
  checkTypes(template, types);
  checkConditions(template);
  checkReferences(template, types);
  checkCycles(template);
  return template;
}

function checkSections(parsed: Json): void {
  const unknown = Object.keys(parsed).filter((key) => !SECTIONS.includes(key));
  if (unknown.length > 0) {
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  if (parsed.AWSTemplateFormatVersion !== undefined && parsed.AWSTemplateFormatVersion !== '2010-09-09') {
    throw validationError(`Template format error: Unsupported value for AWSTemplateFormatVersion: ${String(parsed.AWSTemplateFormatVersion)}`);
  }
  if (!isObject(parsed.Resources) || Object.keys(parsed.Resources).length === 0) {
    throw templateFormatError('At least one Resources member must be defined.');
  }
  for (const [section, most] of Object.entries(LIMITS)) {
    const count = Object.keys(parsed[section] ?? {}).length;
    if (count > most) {
      throw templateFormatError(`Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${most}`);
    }
  }
  const foreign = asList(parsed.Transform).filter((name) => name !== LANGUAGE_EXTENSIONS);
  if (foreign.length > 0 || parsed.Hooks !== undefined) {
    throw validationError(`Transform ${foreign.map(String).join(', ') || 'Hooks'} is not served by this engine: only ${LANGUAGE_EXTENSIONS} is`);
  }
  const at = findNull(parsed, '');
  if (at !== undefined) {
    throw templateFormatError(`[${at}] 'null' values are not allowed in templates`);
  }
}

function findNull(value: unknown, path: string): string | undefined {
  if (value === null) {
    return path;
  }
  if (typeof value !== 'object') {
    return undefined;
  }
  for (const [key, inner] of Object.entries(value as Json)) {
    const found = findNull(inner, `${path}/${key}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function checkNames({ Parameters = {}, Outputs = {} }: Template): void {
  const refuseForeign = (what: string, names: string[]) => {
    const foreign = names.find((name) => !ALPHANUMERIC.test(name));
    if (foreign !== undefined) throw templateFormatError(`${what} name ${foreign} is non alphanumeric.`);
  };
  refuseForeign('Parameter', Object.keys(Parameters));
  refuseForeign('Output', Object.keys(Outputs));
  for (const output of Object.values(Outputs)) {
    if (output?.Value === undefined) throw templateFormatError('Every Outputs member must contain a Value object');
    if (Array.isArray(output.Value)) throw templateFormatError('Every Value member must be a string.');
  }
}

function checkResource(name: string, resource: ResourceDeclaration): void {
  if (name.startsWith('Fn::ForEach')) {
    throw validationError(`Fn::ForEach (${name}) is not served by this engine`);
  }
  if (!ALPHANUMERIC.test(name)) {
    throw templateFormatError(`Resource name ${name} is non alphanumeric.`);
  }
  if (!isObject(resource) || typeof resource.Type !== 'string') {
    throw templateFormatError(`[/Resources/${name}] Every Resources object must contain a Type member.`);
  }
  const unknown = Object.keys(resource).filter((key) => !RESOURCE_MEMBERS.includes(key));
  if (unknown.length > 0) {
    throw validationError(`Invalid template resource property '${unknown[0]}'`);
  }
  if (resource.Properties !== undefined && !isObject(resource.Properties)) {
    throw templateFormatError(`[/Resources/${name}/Properties] Properties must be an object.`);
  }
  for (const [attribute, allowed] of Object.entries(POLICIES)) {
    const value = resource[attribute as keyof typeof POLICIES];
    if (typeof value === 'string' && !allowed.includes(value)) {
      throw templateFormatError(`Unrecognized ${attribute} ${value} for resource ${name}`);
    }
  }
}

function checkTypes({ Resources }: Template, types: TypeKnowledge): void {
  const unknown = [...new Set(Object.values(Resources).map(({ Type }) => Type).filter((type) => !types.isKnown(type)))];
  if (unknown.length > 0) {
    throw templateFormatError(`Unrecognized resource types: [${unknown.join(', ')}]`);
  }
}

function checkConditions({ Conditions = {}, Resources, Outputs = {} }: Template): void {
  const uses = [
    ...Object.values(Resources).map((resource) => ['Resources', resource] as const),
    ...Object.values(Outputs).map((output) => ['Outputs', output] as const),
  ];
  for (const [block, { Condition, ...rest }] of uses) {
    const named = referencesOf('Properties' in rest ? rest.Properties : rest).flatMap((reference) => (reference.kind === 'condition' ? [reference.name] : []));
    const missing = [...(Condition === undefined ? [] : [Condition]), ...named].find((name) => !(name in Conditions));
    if (missing !== undefined) {
      throw templateFormatError(`Unresolved condition dependency ${missing} in the ${block} block of the template`);
    }
  }
  const graph = new Map(Object.entries(Conditions).map(([name, value]) =>
    [name, new Set(referencesOf(value).filter(({ kind }) => kind === 'condition').map((reference) => reference.name))]));
  const cycle = findCycle(graph);
  if (cycle) {
    throw templateFormatError(`Circular dependencies for conditions: [${cycle.join(', ')}]`);
  }
}

function checkReferences({ Parameters = {}, Conditions = {}, Resources, Outputs = {} }: Template, types: TypeKnowledge): void {
  const isValue = (name: string) => name in Parameters || isPseudoParameter(name);
  const unresolved = (value: unknown, allowed: (name: string) => boolean) => [...new Set(referencesOf(value)
    .filter(({ kind, name }) => kind === 'ref' ? !allowed(name) : kind === 'attribute' && !(name in Resources)).map(({ name }) => name))];
  const refuse = (names: readonly string[], block: string) => {
    if (names.length > 0) {
      throw templateFormatError(`Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`);
    }
  };
  const anything = (name: string) => isValue(name) || name in Resources;
  const inResources = Object.values(Resources).flatMap(({ DependsOn, Properties, Metadata }) =>
    [...asList(DependsOn).filter((name) => !(name in Resources)), ...unresolved([Properties, Metadata], anything)]);
  refuse([...new Set(inResources)], 'Resources');
  refuse(unresolved(Object.values(Outputs), anything), 'Outputs');
  const inConditions = unresolved(Conditions, isValue);
  if (inConditions.length > 0) {
    throw templateFormatError(`Unresolved dependencies [${inConditions.join(', ')}]. Cannot reference resources in the Conditions block of the template`);
  }
  for (const reference of referencesOf([Resources, Outputs])) {
    if (reference.kind === 'attribute' && typeof reference.attribute === 'string' && !types.hasAttribute(Resources[reference.name].Type, reference.attribute)) {
      throw validationError(`Template error: resource ${reference.name} does not support attribute type ${reference.attribute} in Fn::GetAtt`);
    }
  }
}

function checkCycles({ Resources }: Template): void {
  const graph = new Map(Object.entries(Resources).map(([name, declaration]) => [name, dependenciesOf(declaration, (other) => other in Resources)]));
  const cycle = findCycle(graph);
  if (cycle) {
    throw validationError(`Circular dependency between resources: [${cycle.join(', ')}]`);
  }
}

