import type { FunctionConfiguration, FunctionEventInvokeConfig, RecursiveLoop } from '@aws-sdk/client-lambda';
import type { CodePackage } from './code-store';
import { notFound } from './errors';
import { type FunctionReference, parseFunctionReference } from './function-reference';
import type { FunctionUrl } from './url/function-url';
import type { EngineCore } from '../../core/engine';

export const LATEST = '$LATEST';

/** What runs when a version is invoked; a change replaces the whole object, so that running processes keep theirs. */
export interface FunctionVersion {
  readonly configuration: FunctionConfiguration & { readonly FunctionName: string; readonly FunctionArn: string; readonly Version: string };
  /** Absent for container images. */
  readonly code?: CodePackage;
}

export interface Alias {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Record<string, number> };
  readonly RevisionId: string;
}

export interface FunctionRecord {
  readonly name: string;
  readonly arn: string;
  latest: FunctionVersion;
  readonly versions: Map<string, FunctionVersion>;
  readonly aliases: Map<string, Alias>;
  /** Statements of the resource policy; the key is a qualifier, `$LATEST` for the function itself. */
  readonly policies: Map<string, PolicyStatement[]>;
  /** The key is an alias, `$LATEST` for the function itself. */
  readonly urls: Map<string, FunctionUrl>;
  readonly eventInvokeConfigs: Map<string, FunctionEventInvokeConfig>;
  tags: Record<string, string>;
  reservedConcurrency?: number;
  recursiveLoop?: RecursiveLoop;
  lastVersion: number;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | Record<string, string>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

export interface ResolvedFunction {
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
  /** The ARN under which it was called, with its qualifier. */
  readonly invokedArn: string;
}

export class FunctionStore {
  private readonly functions = new Map<string, FunctionRecord>();

  private readonly random: () => number;

  constructor(private readonly core: EngineCore) {
    this.random = core.random('lambda-routing');
  }

  arnOf({ name, qualifier }: FunctionReference): string {
    const { partition, region, accountId } = this.core.settings;
    return `arn:${partition}:lambda:${region}:${accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;
  }

  all(): FunctionRecord[] {
    return [...this.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): FunctionRecord | undefined {
    return this.functions.get(name);
  }

  add(record: FunctionRecord): void {
    this.functions.set(record.name, record);
  }

  remove(name: string): void {
    this.functions.delete(name);
  }

  /** The function named, whatever its qualifier says. */
  get(text: string, qualifier?: string): FunctionRecord {
    const reference = parseFunctionReference(text, qualifier);
    const record = this.functions.get(reference.name);
    if (!record) throw notFound(`Function not found: ${this.arnOf(reference)}`);
    return record;
  }

  /** The very version that a name and a qualifier (version or alias) stand for. */
  resolve(text: string, qualifier?: string): ResolvedFunction {
    const record = this.get(text, qualifier);
    const reference = parseFunctionReference(text, qualifier);
    const version = this.versionOf(record, reference.qualifier);
    if (!version) throw notFound(`Function not found: ${this.arnOf(reference)}`);
    return { record, version, invokedArn: this.arnOf(reference) };
  }

  private versionOf(record: FunctionRecord, qualifier: string = LATEST): FunctionVersion | undefined {
    if (qualifier === LATEST) return record.latest;
    const alias = record.aliases.get(qualifier);
    if (!alias) return record.versions.get(qualifier);
    return this.versionOf(record, this.route(alias));
  }

  /** An alias may send a share of its calls to a second version. */
  private route(alias: Alias): string {
    let dice = this.random();
    for (const [version, weight] of Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {})) {
      if (dice < weight) return version;
      dice -= weight;
    }
    return alias.FunctionVersion;
  }
}
