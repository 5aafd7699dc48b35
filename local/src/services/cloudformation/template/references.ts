import { isObject, type Json, type ResourceDeclaration, asList } from './template';

/** A mention of something else in a template's value. */
export type Reference =
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute: unknown }
  | { readonly kind: 'condition'; readonly name: string };

/** `${Name}` or `${Name.Attribute}` in a Fn::Sub text; `${!Literal}` is none. */
export const SUBSTITUTION = /\$\{(!?)([^${}]*)\}/g;

/** All references in a value, at any depth. */
export function referencesOf(value: unknown): Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesOf);
  }
  if (!isObject(value)) {
    return [];
  }
  const own = ofFunction(value);
  return [...own, ...Object.values(value).flatMap(referencesOf)];
}

function ofFunction(value: Json): Reference[] {
  const [[name, argument] = []] = Object.entries(value);
  if (Object.keys(value).length !== 1) {
    return [];
  }
  switch (name) {
    case 'Ref': return typeof argument === 'string' ? [{ kind: 'ref', name: argument }] : [];
    case 'Condition': return typeof argument === 'string' ? [{ kind: 'condition', name: argument }] : [];
    case 'Fn::If': return Array.isArray(argument) && typeof argument[0] === 'string' ? [{ kind: 'condition', name: argument[0] }] : [];
    case 'Fn::GetAtt': return ofGetAtt(argument);
    case 'Fn::Sub': return ofSub(argument);
    default: return [];
  }
}

/** `[logical id, attribute]`, or the dotted text that short form and JSON may have. */
export function getAttArguments(argument: unknown): [string, unknown] | undefined {
  if (typeof argument === 'string' && argument.includes('.')) {
    const dot = argument.indexOf('.');
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  return Array.isArray(argument) && argument.length >= 2 && typeof argument[0] === 'string'
    ? [argument[0], argument.length === 2 ? argument[1] : argument.slice(1).join('.')]
    : undefined;
}

function ofGetAtt(argument: unknown): Reference[] {
  const parts = getAttArguments(argument);
  return parts ? [{ kind: 'attribute', name: parts[0], attribute: parts[1] }] : [];
}

function ofSub(argument: unknown): Reference[] {
  const [text, variables] = Array.isArray(argument) ? argument as [unknown, unknown] : [argument, {}];
  if (typeof text !== 'string') {
    return [];
  }
  return [...text.matchAll(SUBSTITUTION)]
    .filter(([, literal, name]) => !literal && !(isObject(variables) && name.trim() in variables))
    .map(([, , name]): Reference => {
      const parts = getAttArguments(name.trim());
      return parts ? { kind: 'attribute', name: parts[0], attribute: parts[1] } : { kind: 'ref', name: name.trim() };
    });
}

/** Logical ids that a resource needs before it: what it references in its properties, and DependsOn. */
export function dependenciesOf(declaration: ResourceDeclaration, isResource: (name: string) => boolean): Set<string> {
  const names = [
    ...asList(declaration.DependsOn),
    ...referencesOf([declaration.Properties, declaration.Metadata]).filter(({ kind }) => kind !== 'condition').map(({ name }) => name),
  ];
  return new Set(names.filter(isResource));
}
