import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { RegistrySchema } from './resource-type';
import { isObject, type Json } from '../template/template';

/** The registry's own keywords; everything else is JSON schema. */
const REGISTRY_KEYWORDS = [
  {
    keyword: 'requiredOr',
    type: 'object' as const,
    validate: (names: string[], value: Json) => names.some((name) => name in value),
  },
  {
    keyword: 'requiredXor',
    type: 'object' as const,
    validate: (names: string[], value: Json) => names.filter((name) => name in value).length === 1,
  },
  {
    keyword: 'dependentExcluded',
    type: 'object' as const,
    validate: (excluded: Record<string, string[]>, value: Json) =>
      Object.entries(excluded).every(([name, others]) => !(name in value) || !others.some((other) => other in value)),
  },
];

/** Some patterns need Unicode classes, others have escapes that the Unicode mode refuses. */
const regExp = Object.assign((pattern: string) => {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}, { code: 'new RegExp' });

/** Every process compiles the schemas that it needs, for few validations each: neither is the code optimised, nor the schema itself checked. */
const ajv = new Ajv({
  allErrors: true, coerceTypes: true, strict: false, validateFormats: false, verbose: true, meta: false, validateSchema: false, addUsedSchema: false,
  code: { regExp, optimize: false },
});
REGISTRY_KEYWORDS.forEach((definition) => ajv.addKeyword(definition));

export function compileSchema(schema: RegistrySchema): ValidateFunction {
  const writable = structuredClone(schema) as RegistrySchema;
  (schema.readOnlyProperties ?? []).forEach((pointer) => removeProperty(writable, pointer));
  return ajv.compile(opened(writable));
}

/** A read-only property in a template is as unknown as a misspelled one. */
function removeProperty(schema: RegistrySchema, pointer: string): void {
  const parts = pointer.split('/').slice(2);
  const last = parts.pop()!;
  let at: Json | undefined = schema;
  for (const part of parts) {
    const next: unknown = part === '*' ? at.items : (at.properties as Json | undefined)?.[part];
    at = isObject(next) ? dereferenced(schema, next) : undefined;
    if (!at) {
      return;
    }
  }
  delete (at.properties as Json | undefined)?.[last];
}

function dereferenced(root: RegistrySchema, schema: Json): Json | undefined {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  return name ? (root.definitions as Record<string, Json> | undefined)?.[name] : schema;
}

/** Custom resources take any property, although the registry's schema of their type is closed. */
function opened(schema: RegistrySchema): Json {
  return { ...schema, type: 'object', additionalProperties: schema.typeName === 'AWS::CloudFormation::CustomResource' || schema.additionalProperties };
}

/** Worded as CloudFormation words them: place, then what is wrong. */
export function problemsOf(errors: readonly ErrorObject[]): string[] {
  return [...new Set(errors.map((error) => `#${error.instancePath}: ${problemOf(error)}`))];
}

function problemOf({ keyword, params, data, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required': return `required key [${String(params.missingProperty)}] not found`;
    case 'additionalProperties': return `extraneous key [${String(params.additionalProperty)}] is not permitted`;
    case 'type': return `expected type: ${[params.type].flat().map(capitalised).join(' or ')}, found: ${kindOf(data)}`;
    case 'enum': case 'const': return `${JSON.stringify(data)} is not a valid value: allowed are ${JSON.stringify(parentSchema?.enum ?? [params.allowedValue])}`;
    case 'requiredOr': return `at least one of the keys ${JSON.stringify(parentSchema?.requiredOr)} is required`;
    case 'requiredXor': return `exactly one of the keys ${JSON.stringify(parentSchema?.requiredXor)} is required`;
    case 'anyOf': case 'oneOf': case 'allOf': return `failed validation constraint for keyword [${keyword}]`;
    default: return `failed validation constraint for keyword [${keyword}]${'limit' in params ? ` (limit ${String(params.limit)})` : ''}`;
  }
}

function capitalised(text: unknown): string {
  return String(text).charAt(0).toUpperCase() + String(text).slice(1);
}

function kindOf(data: unknown): string {
  return Array.isArray(data) ? 'JSONArray' : isObject(data) ? 'JSONObject' : capitalised(typeof data);
}
