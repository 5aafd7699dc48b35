import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ValidateFunction } from 'ajv';
import { compileSchema, problemsOf } from './schema-validation';
import type { Json } from '../template/template';

/** CloudFormation's registry schema of a type, as `local/scripts/generate-resource-schemas.ts` writes it. */
export interface RegistrySchema extends Json {
  readonly typeName: string;
  readonly properties: Json;
  readonly attributes: readonly string[];
  readonly createOnlyProperties?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
  readonly primaryIdentifier?: readonly string[];
  readonly tagging?: { readonly tagProperty?: string; readonly taggable?: boolean };
}

/** What is known of a type, whether it is simulated or not. */
export class ResourceType {
  private static readonly FOLDER = path.join(__dirname, '..', 'schemas');
  private static readonly cache = new Map<string, ResourceType>();
  private static names?: ReadonlySet<string>;

  static of(name: string): ResourceType {
    const schemaName = isCustomResource(name) ? 'AWS::CloudFormation::CustomResource' : name;
    if (!this.cache.has(schemaName)) {
      this.cache.set(schemaName, new ResourceType(schemaName, readSchema(this.FOLDER, schemaName)));
    }
    return this.cache.get(schemaName)!;
  }

  /** Whether CloudFormation has such a type at all. */
  static isKnown(name: string): boolean {
    this.names ??= new Set(JSON.parse(readFileSync(path.join(this.FOLDER, 'type-names.json'), 'utf8')) as string[]);
    return isCustomResource(name) ? /^[A-Za-z0-9_@:-]{1,60}$/.test(name) : this.names.has(name);
  }

  private validate?: ValidateFunction;

  private constructor(readonly name: string, private readonly schema?: RegistrySchema) {}

  get hasSchema(): boolean {
    return this.schema !== undefined;
  }

  /** GetAtt: unknown types have any attribute, because nobody can tell. */
  hasAttribute(attribute: string): boolean {
    return !this.schema || this.schema.attributes.some((known) => new RegExp(`^(?:${known === '.*' ? '.*' : escaped(known)})$`).test(attribute));
  }

  /** Top-level properties whose change makes a new resource. */
  get createOnlyProperties(): string[] {
    return topLevel(this.schema?.createOnlyProperties);
  }

  /** Properties that name the resource, where the user may choose the name: two resources cannot have the same. */
  get namingProperties(): string[] {
    const createOnly = this.createOnlyProperties;
    const identifier = topLevel(this.schema?.primaryIdentifier);
    if (identifier.length > 0 && identifier.every((property) => createOnly.includes(property))) {
      return identifier;
    }
    // identified by an ARN or id, which ends in the chosen name; an alias's name is unique within its function only
    const names = this.name === 'AWS::Lambda::Alias' ? ['Name', 'FunctionName'] : ['Name', `${this.name.split('::')[2]}Name`];
    return names.filter((property) => createOnly.includes(property));
  }

  /** The property that takes the stack's tags, if the type has tags, and whether it is a list of `{Key, Value}` or a map. */
  get tagProperty(): { readonly name: string; readonly form: 'list' | 'map' } | undefined {
    const { taggable, tagProperty } = this.schema?.tagging ?? {};
    const name = tagProperty?.replace('/properties/', '');
    if (!this.schema || taggable === false || name === undefined || !(name in this.schema.properties)) {
      return undefined;
    }
    return { name, form: (this.schema.properties[name] as Json).type === 'array' ? 'list' : 'map' };
  }

  /**
   * Checks properties as CloudFormation does before it calls the service, and answers them with scalars in the type that
   * the schema wants (a template may write any number or boolean as text, and the other way round).
   */
  checked(properties: Json): { readonly properties: Json; readonly problems: readonly string[] } {
    if (!this.schema) {
      return { properties, problems: [] };
    }
    this.validate ??= compileSchema(this.schema);
    const copy = structuredClone(properties);
    return { problems: this.validate(copy) ? [] : problemsOf(this.validate.errors ?? []), properties: copy };
  }
}

export function isCustomResource(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function readSchema(folder: string, name: string): RegistrySchema | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, `${name.replaceAll('::', '-').toLowerCase()}.json`), 'utf8')) as RegistrySchema;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function topLevel(pointers: readonly string[] = []): string[] {
  return [...new Set(pointers.map((pointer) => pointer.split('/')[2]))];
}

/** Attribute names are literal but for `Outputs\..*`, which is a pattern already. */
function escaped(attribute: string): string {
  return attribute.includes('\\') ? attribute : attribute.replaceAll('.', '\\.');
}
