import type { StackDefinition } from './stack';
import { withStackTags } from './stack-tags';
import { Conditions } from '../template/conditions';
import { evaluate, resolveFunctions, type Surroundings } from '../template/evaluate';
import type { Graph } from '../template/graph';
import { parameterValue } from '../template/parameters';
import { pseudoParameter, type StackPlace } from '../template/pseudo-parameters';
import { dependenciesOf } from '../template/references';
import { asList, type DeletionPolicy, type Json, type ResourceDeclaration } from '../template/template';

/** What values outside of the template can be referred to. */
export interface OutsideValues {
  /** Value of an export; throws if there is none. */
  importValue(name: string): unknown;
  availabilityZones(region: string): readonly string[];
  dynamic(service: string, reference: string): Promise<string>;
}

/** What the stack's own resources answer to Ref and GetAtt at this moment. */
export interface ResourceValues {
  ref(logicalId: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
}

/** A definition with its conditions decided: which resources it has, in which order, with which values. */
export class DesiredStack {
  static async of(definition: StackDefinition, place: StackPlace, outside: OutsideValues, resources: ResourceValues): Promise<DesiredStack> {
    const desired = new DesiredStack(definition, place, outside, resources);
    await desired.decideConditions();
    return desired;
  }

  readonly imports = new Set<string>();
  private readonly surroundings: Surroundings;
  private declarations: ReadonlyMap<string, ResourceDeclaration> = new Map();
  private drawn?: Graph;

  private constructor(readonly definition: StackDefinition, readonly place: StackPlace, outside: OutsideValues, resources: ResourceValues) {
    const { template } = definition;
    this.surroundings = {
      ...outside,
      importValue: (name) => {
        const value = outside.importValue(name);
        this.imports.add(name);
        return value;
      },
      mappings: template.Mappings ?? {},
      transforms: asList(template.Transform),
      conditions: new Conditions(template.Conditions ?? {}, async (value) => resolveFunctions(value, this.surroundings)),
      ref: (name) => pseudoParameter(name, place) ?? this.parameter(name) ?? (this.declarations.has(name) ? resources.ref(name) : undefined),
      getAtt: (name, attribute) => resources.getAtt(name, attribute),
    };
  }

  get conditions(): Conditions {
    return this.surroundings.conditions;
  }

  /** The resources that the conditions leave, each with those that must come first: asked for with every resource, drawn once. */
  get graph(): Graph {
    return this.drawn ??= new Map([...this.declarations].map(([id, declaration]) => [id, dependenciesOf(declaration, (name) => this.declarations.has(name))]));
  }

  declaration(logicalId: string): ResourceDeclaration {
    return this.declarations.get(logicalId)!;
  }

  has(logicalId: string): boolean {
    return this.declarations.has(logicalId);
  }

  /** Properties with all functions resolved and the stack's tags added; dynamic references stay as they are. */
  async properties(logicalId: string): Promise<Json> {
    const { Type, Properties = {} } = this.declaration(logicalId);
    return withStackTags(Type, await resolveFunctions(Properties, this.surroundings) as Json, this.definition.tags);
  }

  async metadata(logicalId: string): Promise<Json | undefined> {
    const { Metadata } = this.declaration(logicalId);
    return Metadata && await resolveFunctions(Metadata, this.surroundings) as Json;
  }

  async policy(logicalId: string, attribute: 'DeletionPolicy' | 'UpdateReplacePolicy'): Promise<DeletionPolicy> {
    const value = this.declaration(logicalId)[attribute];
    return value === undefined ? 'Delete' : await this.resolve(value) as DeletionPolicy;
  }

  /** Any value of the template, dynamic references included. */
  async resolve(value: unknown): Promise<unknown> {
    return evaluate(value, this.surroundings);
  }

  private parameter(name: string): unknown {
    const declaration = this.definition.template.Parameters?.[name];
    return declaration && parameterValue(declaration, this.definition.parameters[name]);
  }

  private async decideConditions(): Promise<void> {
    const { Conditions: named = {}, Resources } = this.definition.template;
    for (const name of Object.keys(named)) {
      await this.conditions.isTrue(name);
    }
    const active: [string, ResourceDeclaration][] = [];
    for (const [id, declaration] of Object.entries(Resources)) {
      if (declaration.Condition === undefined || await this.conditions.isTrue(declaration.Condition)) {
        active.push([id, declaration]);
      }
    }
    this.declarations = new Map(active);
  }
}
