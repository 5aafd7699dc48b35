import type {
  CreateFunctionCommandInput, DeleteFunctionCommandInput, FunctionConfiguration, GetFunctionCommandInput, ListFunctionsCommandInput,
  ListVersionsByFunctionCommandInput, PublishVersionCommandInput, UpdateFunctionCodeCommandInput, UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { CodePackage, CodeStore } from './code-store';
import { type Change, newConfiguration, withCode, withSettings } from './configuration';
import { conflict, invalidParameter, notFound, preconditionFailed } from './errors';
import { parseFunctionReference } from './function-reference';
import { type FunctionRecord, type FunctionStore, type FunctionVersion, LATEST } from './function-store';
import type { LayerStore } from './layers';
import { page } from './page';
import type { ProcessPool } from './process-pool';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';

/** Functions and their versions. */
export class FunctionOperations {
  private readonly uuid: () => string;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore, private readonly codes: CodeStore, private readonly pool: ProcessPool,
    private readonly layers: LayerStore) {
    this.uuid = uuids(core, 'lambda-revisions');
  }

  readonly CreateFunction = async (input: CreateFunctionCommandInput): Promise<FunctionConfiguration> => {
    const { name } = parseFunctionReference(input.FunctionName!);
    if (this.store.find(name)) throw conflict(`Function already exist: ${name}`);
    const arn = this.store.arnOf({ name });
    // what the settings alone show to be wrong is refused before the code is fetched
    newConfiguration(this.change(), arn, input, undefined);
    this.layers.directories(input.Layers ?? []);
    const code = await this.load(input.PackageType, input.Code!);
    if (this.store.find(name)) throw conflict(`Function already exist: ${name}`);
    const record: FunctionRecord = {
      name,
      arn,
      latest: { configuration: newConfiguration(this.change(), arn, input, code), code },
      versions: new Map(),
      aliases: new Map(),
      policies: new Map(),
      urls: new Map(),
      eventInvokeConfigs: new Map(),
      tags: { ...input.Tags },
      lastVersion: 0,
    };
    this.store.add(record);
    const { configuration } = input.Publish ? this.publish(record) : record.latest;
    return { ...configuration, State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' };
  };

  readonly GetFunction = (input: GetFunctionCommandInput) => {
    const { record, version } = this.store.resolve(input.FunctionName!, input.Qualifier);
    const { name } = record;
    return {
      Configuration: version.configuration,
      Code: version.code
        ? { RepositoryType: 'S3', Location: `${this.core.endpoint}/_local/functions/${name}/code?version=${encodeURIComponent(version.configuration.Version)}` }
        : { RepositoryType: 'ECR' },
      ...(Object.keys(record.tags).length > 0 && { Tags: record.tags }),
      ...(record.reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
    };
  };

  readonly GetFunctionConfiguration = (input: GetFunctionCommandInput): FunctionConfiguration =>
    this.store.resolve(input.FunctionName!, input.Qualifier).version.configuration;

  readonly UpdateFunctionCode = async (input: UpdateFunctionCodeCommandInput): Promise<FunctionConfiguration> => {
    const record = this.latestOf(input);
    const code = await this.load(record.latest.configuration.PackageType, { ...input });
    if (!code || input.DryRun) return record.latest.configuration;
    this.replace(record, { code, configuration: withCode(this.change(), record.latest.configuration, code, input.Architectures) });
    return updating(input.Publish ? this.publish(record).configuration : record.latest.configuration);
  };

  readonly UpdateFunctionConfiguration = (input: UpdateFunctionConfigurationCommandInput): FunctionConfiguration => {
    const record = this.latestOf(input);
    const { FunctionName, RevisionId, ...settings } = input;
    this.layers.directories(settings.Layers ?? []);
    this.replace(record, { code: record.latest.code, configuration: withSettings(this.change(), record.latest.configuration, settings) });
    return updating(record.latest.configuration);
  };

  readonly DeleteFunction = (input: DeleteFunctionCommandInput): object => {
    const record = this.store.get(input.FunctionName!, input.Qualifier);
    const { qualifier } = parseFunctionReference(input.FunctionName!, input.Qualifier);
    if (qualifier === undefined) this.store.remove(record.name);
    else this.deleteVersion(record, qualifier);
    this.pool.retire(record.name, qualifier === undefined ? undefined : record.latest);
    return {};
  };

  readonly ListFunctions = (input: ListFunctionsCommandInput) => {
    const functions = this.store.all().flatMap((record) => {
      const qualified = { ...record.latest.configuration, FunctionArn: `${record.arn}:${LATEST}` };
      return input.FunctionVersion === 'ALL' ? [qualified, ...[...record.versions.values()].map((version) => version.configuration)] : [record.latest.configuration];
    });
    const { items, NextMarker } = page(functions, input);
    return { Functions: items, NextMarker };
  };

  readonly PublishVersion = (input: PublishVersionCommandInput): FunctionConfiguration => {
    const record = this.latestOf(input);
    if (input.CodeSha256 && input.CodeSha256 !== record.latest.configuration.CodeSha256) {
      throw invalidParameter(`CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${record.latest.configuration.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`);
    }
    return this.publish(record, input.Description).configuration;
  };

  readonly ListVersionsByFunction = (input: ListVersionsByFunctionCommandInput) => {
    const record = this.store.get(input.FunctionName!);
    const latest = { ...record.latest.configuration, FunctionArn: `${record.arn}:${LATEST}` };
    const { items, NextMarker } = page([latest, ...[...record.versions.values()].map((version) => version.configuration)], input);
    return { Versions: items, NextMarker };
  };

  /** The function whose unpublished version a call is to change. */
  private latestOf(input: { FunctionName: string | undefined; RevisionId?: string }): FunctionRecord {
    const { name, qualifier } = parseFunctionReference(input.FunctionName!);
    const record = this.store.get(name);
    if (qualifier !== undefined && qualifier !== LATEST) throw invalidParameter('This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.');
    if (input.RevisionId && input.RevisionId !== record.latest.configuration.RevisionId) throw preconditionFailed();
    return record;
  }

  private change(): Change {
    return { now: new Date(this.core.clock.now()), revision: this.uuid() };
  }

  private async load(packageType: string | undefined, code: NonNullable<CreateFunctionCommandInput['Code']>): Promise<CodePackage | undefined> {
    if (packageType !== 'Image') return this.codes.load(code as Parameters<CodeStore['load']>[0]);
    if (!code.ImageUri) throw invalidParameter('Please provide ImageUri when updating a function with packageType Image.');
    return undefined;
  }

  private replace(record: FunctionRecord, version: FunctionVersion): void {
    record.latest = version;
    this.pool.retire(record.name, version);
  }

  /** A version is made only of what has changed since the last one. */
  private publish(record: FunctionRecord, description?: string): FunctionVersion {
    const last = record.versions.get(String(record.lastVersion));
    if (last && sameSettings(last.configuration, record.latest.configuration)) return last;
    const number = String(++record.lastVersion);
    const version: FunctionVersion = {
      code: record.latest.code,
      configuration: {
        ...record.latest.configuration,
        ...(description !== undefined && { Description: description }),
        Version: number,
        FunctionArn: `${record.arn}:${number}`,
        RevisionId: this.uuid(),
      },
    };
    record.versions.set(number, version);
    return version;
  }

  private deleteVersion(record: FunctionRecord, qualifier: string): void {
    if (qualifier === LATEST) throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    if (record.aliases.has(qualifier)) throw invalidParameter('Alias names cannot be used as a qualifier for DeleteFunction. Use DeleteAlias.');
    const alias = [...record.aliases.values()].find(({ FunctionVersion }) => FunctionVersion === qualifier);
    if (alias) throw conflict(`Unable to delete version because the following aliases reference it: [${alias.Name}]`);
    if (!record.versions.delete(qualifier)) throw notFound(`Function not found: ${record.arn}:${qualifier}`);
  }
}

/** What an update answers; whoever looks afterwards finds it done. */
function updating(configuration: FunctionConfiguration): FunctionConfiguration {
  return { ...configuration, LastUpdateStatus: 'InProgress' };
}

function sameSettings(left: FunctionConfiguration, right: FunctionConfiguration): boolean {
  const settings = ({ Version, FunctionArn, RevisionId, LastModified, Description, ...rest }: FunctionConfiguration) => JSON.stringify(rest);
  return settings(left) === settings(right);
}
