import type {
  AddPermissionCommandInput, CreateAliasCommandInput, GetAliasCommandInput, GetPolicyCommandInput, ListAliasesCommandInput, PutFunctionConcurrencyCommandInput,
  PutFunctionEventInvokeConfigCommandInput, PutFunctionRecursionConfigCommandInput,
  RemovePermissionCommandInput, TagResourceCommandInput, UntagResourceCommandInput, UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { conflict, notFound, preconditionFailed } from './errors';
import { parseFunctionReference } from './function-reference';
import { type Alias, type FunctionRecord, type FunctionStore, LATEST } from './function-store';
import { page } from './page';
import { statementOf } from './permission';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';

type Named = { FunctionName: string | undefined; Qualifier?: string };

/** What stands beside a function's code: aliases, resource policy, concurrency, asynchronous settings, tags. */
export class SettingsOperations {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore) {
    this.uuid = uuids(core, 'lambda-aliases');
  }

  readonly CreateAlias = (input: CreateAliasCommandInput) => {
    const record = this.store.get(input.FunctionName!);
    if (record.aliases.has(input.Name!)) throw conflict(`Alias already exists: ${record.arn}:${input.Name}`);
    return this.putAlias(record, { Name: input.Name!, FunctionVersion: input.FunctionVersion!, Description: input.Description ?? '', RoutingConfig: input.RoutingConfig });
  };

  readonly GetAlias = (input: GetAliasCommandInput) => this.aliasOf(this.store.get(input.FunctionName!), input.Name!);

  readonly UpdateAlias = (input: UpdateAliasCommandInput) => {
    const record = this.store.get(input.FunctionName!);
    const { AliasArn, ...before } = this.aliasOf(record, input.Name!);
    if (input.RevisionId && input.RevisionId !== before.RevisionId) throw preconditionFailed();
    return this.putAlias(record, {
      ...before,
      ...(input.FunctionVersion !== undefined && { FunctionVersion: input.FunctionVersion }),
      ...(input.Description !== undefined && { Description: input.Description }),
      ...(input.RoutingConfig !== undefined && { RoutingConfig: input.RoutingConfig }),
    });
  };

  readonly DeleteAlias = (input: GetAliasCommandInput): object => {
    const { aliases, urls } = this.store.get(input.FunctionName!);
    aliases.delete(input.Name!);
    urls.delete(input.Name!);
    return {};
  };

  readonly ListAliases = (input: ListAliasesCommandInput) => {
    const record = this.store.get(input.FunctionName!);
    const aliases = [...record.aliases.keys()].map((name) => this.aliasOf(record, name));
    const { items, NextMarker } = page(aliases.filter(({ FunctionVersion }) => !input.FunctionVersion || FunctionVersion === input.FunctionVersion), input);
    return { Aliases: items, NextMarker };
  };

  readonly AddPermission = (input: AddPermissionCommandInput) => {
    const { record, statements, resource } = this.policyOf(input as Named);
    if (statements.some(({ Sid }) => Sid === input.StatementId)) throw conflict(`The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`);
    const statement = statementOf(input, resource);
    record.policies.set(this.qualifierOf(input as Named), [...statements, statement]);
    return { Statement: JSON.stringify(statement) };
  };

  readonly RemovePermission = (input: RemovePermissionCommandInput): object => {
    const { record, statements, resource } = this.policyOf(input as Named);
    const rest = statements.filter(({ Sid }) => Sid !== input.StatementId);
    if (rest.length === statements.length) throw notFound(`Statement ${input.StatementId} is not found in resource policy of ${resource}.`);
    record.policies.set(this.qualifierOf(input as Named), rest);
    return {};
  };

  readonly GetPolicy = (input: GetPolicyCommandInput) => {
    const { statements } = this.policyOf(input as Named);
    if (statements.length === 0) throw notFound('The resource you requested does not exist.');
    return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }), RevisionId: this.uuid() };
  };

  readonly PutFunctionConcurrency = (input: PutFunctionConcurrencyCommandInput) => {
    this.store.get(input.FunctionName!).reservedConcurrency = input.ReservedConcurrentExecutions;
    return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
  };

  readonly GetFunctionConcurrency = (input: Named) => {
    const { reservedConcurrency } = this.store.get(input.FunctionName!);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  };

  readonly DeleteFunctionConcurrency = (input: Named): object => {
    this.store.get(input.FunctionName!).reservedConcurrency = undefined;
    return {};
  };

  /** Recorded alone: a loop is never broken off here. */
  readonly PutFunctionRecursionConfig = ({ FunctionName, RecursiveLoop }: PutFunctionRecursionConfigCommandInput) => {
    this.store.get(FunctionName!).recursiveLoop = RecursiveLoop;
    return { RecursiveLoop };
  };

  readonly GetFunctionRecursionConfig = (input: Named) => ({ RecursiveLoop: this.store.get(input.FunctionName!).recursiveLoop ?? 'Terminate' });

  readonly PutFunctionEventInvokeConfig = (input: PutFunctionEventInvokeConfigCommandInput) => this.writeEventInvokeConfig(input, {});

  readonly UpdateFunctionEventInvokeConfig = (input: PutFunctionEventInvokeConfigCommandInput) =>
    this.writeEventInvokeConfig(input, this.GetFunctionEventInvokeConfig(input as Named));

  readonly GetFunctionEventInvokeConfig = (input: Named) => {
    const { record } = this.store.resolve(input.FunctionName!, input.Qualifier);
    const config = record.eventInvokeConfigs.get(this.qualifierOf(input));
    if (!config) throw notFound(`The function ${this.store.arnOf({ name: record.name, qualifier: this.qualifierOf(input) })} doesn't have an EventInvokeConfig`);
    return config;
  };

  readonly DeleteFunctionEventInvokeConfig = (input: Named): object => {
    this.GetFunctionEventInvokeConfig(input);
    this.store.get(input.FunctionName!, input.Qualifier).eventInvokeConfigs.delete(this.qualifierOf(input));
    return {};
  };

  readonly TagResource = (input: TagResourceCommandInput): object => {
    Object.assign(this.store.get(input.Resource!).tags, input.Tags);
    return {};
  };

  readonly UntagResource = (input: UntagResourceCommandInput): object => {
    const { tags } = this.store.get(input.Resource!);
    for (const key of input.TagKeys ?? []) delete tags[key];
    return {};
  };

  readonly ListTags = (input: { Resource: string }) => ({ Tags: this.store.get(input.Resource).tags });

  private aliasOf(record: FunctionRecord, name: string): Alias & { AliasArn: string } {
    const alias = record.aliases.get(name);
    if (!alias) throw notFound(`Cannot find alias arn: ${record.arn}:${name}`);
    return { AliasArn: `${record.arn}:${name}`, ...alias };
  }

  private putAlias(record: FunctionRecord, alias: Omit<Alias, 'RevisionId'>): Alias {
    for (const version of [alias.FunctionVersion, ...Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {})]) {
      if (version !== LATEST && !record.versions.has(version)) throw notFound(`Function not found: ${record.arn}:${version}`);
    }
    record.aliases.set(alias.Name, { ...alias, RevisionId: this.uuid() });
    return this.aliasOf(record, alias.Name);
  }

  private qualifierOf(input: Named): string {
    return parseFunctionReference(input.FunctionName!, input.Qualifier).qualifier ?? LATEST;
  }

  private policyOf(input: Named) {
    const { record, invokedArn } = this.store.resolve(input.FunctionName!, input.Qualifier);
    return { record, resource: invokedArn, statements: record.policies.get(this.qualifierOf(input)) ?? [] };
  }

  private writeEventInvokeConfig(input: PutFunctionEventInvokeConfigCommandInput, before: object) {
    const { record } = this.store.resolve(input.FunctionName!, input.Qualifier);
    const { FunctionName, Qualifier, ...settings } = input;
    const qualifier = this.qualifierOf(input as Named);
    const config = {
      ...before,
      ...settings,
      LastModified: new Date(this.core.clock.now()),
      FunctionArn: this.store.arnOf({ name: record.name, qualifier }),
      DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...settings.DestinationConfig },
    };
    record.eventInvokeConfigs.set(qualifier, config);
    return config;
  }
}
