import type {
  Cors, CreateFunctionUrlConfigCommandInput, FunctionUrlConfig, GetFunctionUrlConfigCommandInput, InvokeMode, ListFunctionUrlConfigsCommandInput,
  UpdateFunctionUrlConfigCommandInput,
} from '@aws-sdk/client-lambda';
import { addressOf, arnOf, type FoundUrl } from './function-url';
import type { EngineCore } from '../../../core/engine';
import { randomText } from '../../../core/random';
import { ServiceError } from '../../../core/service';
import { conflict, invalidParameter, notFound } from '../errors';
import { parseFunctionReference } from '../function-reference';
import { type FunctionStore, LATEST } from '../function-store';
import { page } from '../page';

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE', '*'];
const ID_LENGTH = 32;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

type Named = Pick<GetFunctionUrlConfigCommandInput, 'FunctionName' | 'Qualifier'>;

/** Functions' own HTTP addresses. */
export class UrlOperations {
  private readonly random: () => number;

  constructor(private readonly core: EngineCore, private readonly store: FunctionStore) {
    this.random = core.random('lambda-urls');
  }

  readonly CreateFunctionUrlConfig = (input: CreateFunctionUrlConfigCommandInput) => {
    const { record, qualifier } = this.targetOf(input);
    check(input);
    if (record.urls.has(qualifier)) {
      throw conflict(`Failed to create function url config for [functionArn = ${arnOf(this.store, { record, qualifier })}]. `
        + 'Error message:  FunctionUrlConfig exists for this Lambda function');
    }
    const now = new Date(this.core.clock.now());
    record.urls.set(qualifier, { id: this.newId(), authType: input.AuthType!, cors: corsOf(input.Cors), created: now, changed: now });
    const { LastModifiedTime, ...created } = this.GetFunctionUrlConfig(input);
    return created;
  };

  readonly GetFunctionUrlConfig = (input: Named): FunctionUrlConfig => this.view(this.urlOf(input));

  readonly UpdateFunctionUrlConfig = (input: UpdateFunctionUrlConfigCommandInput): FunctionUrlConfig => {
    const { record, qualifier, url } = this.urlOf(input);
    check(input);
    record.urls.set(qualifier, {
      ...url,
      changed: new Date(this.core.clock.now()),
      ...(input.AuthType !== undefined && { authType: input.AuthType }),
      ...(input.Cors !== undefined && { cors: corsOf(input.Cors) }),
    });
    return this.GetFunctionUrlConfig(input);
  };

  readonly DeleteFunctionUrlConfig = (input: Named): object => {
    const { record, qualifier } = this.urlOf(input);
    record.urls.delete(qualifier);
    return {};
  };

  readonly ListFunctionUrlConfigs = (input: ListFunctionUrlConfigsCommandInput) => {
    const record = this.store.get(input.FunctionName!);
    const { items, NextMarker } = page([...record.urls].map(([qualifier, url]) => this.view({ record, qualifier, url })), input);
    return { FunctionUrlConfigs: items, NextMarker };
  };

  /** A function or one of its aliases: versions have no addresses. */
  private targetOf(input: Named): Omit<FoundUrl, 'url'> {
    const record = this.store.get(input.FunctionName!, input.Qualifier);
    const { qualifier = LATEST } = parseFunctionReference(input.FunctionName!, input.Qualifier);
    if (/^\d+$/.test(qualifier)) throw invalidParameter(`A function URL is for a function or an alias, not for a version: ${qualifier}`);
    if (qualifier !== LATEST && !record.aliases.has(qualifier)) throw notFound(`Function not found: ${arnOf(this.store, { record, qualifier })}`);
    return { record, qualifier };
  }

  private urlOf(input: Named): FoundUrl {
    const { record, qualifier } = this.targetOf(input);
    const url = record.urls.get(qualifier);
    if (!url) throw notFound('The resource you requested does not exist.');
    return { record, qualifier, url };
  }

  private view(found: FoundUrl): FunctionUrlConfig {
    const { authType, cors, created, changed } = found.url;
    return {
      FunctionUrl: addressOf(found.url, this.core.endpoint),
      FunctionArn: arnOf(this.store, found),
      AuthType: authType,
      ...(cors && { Cors: cors }),
      CreationTime: created.toISOString(),
      LastModifiedTime: changed.toISOString(),
      InvokeMode: 'BUFFERED',
    };
  }

  private newId(): string {
    return randomText(this.random, ID_LETTERS, ID_LENGTH);
  }
}

function check({ InvokeMode: mode, Cors: cors }: { InvokeMode?: InvokeMode; Cors?: Cors }): void {
  if (mode === 'RESPONSE_STREAM') {
    throw new ServiceError('NotImplemented', 'the local engine does not serve lambda:InvokeWithResponseStream, so no function URL with InvokeMode RESPONSE_STREAM', 501);
  }
  const method = cors?.AllowMethods?.find((one) => !METHODS.includes(one));
  if (method !== undefined) throw invalidParameter(`'${method}' is no method that Cors.AllowMethods may name: ${METHODS.join(', ')}`);
  const origin = cors?.AllowOrigins?.find((one) => one !== '*' && !/^https?:\/\/[^/\s]+$/.test(one));
  if (origin !== undefined) throw invalidParameter(`'${origin}' is no origin that Cors.AllowOrigins may name: '*' or scheme, host and port`);
}

/** Without any rule there are none. */
function corsOf(cors: Cors | undefined): Cors | undefined {
  return cors && Object.keys(cors).length > 0 ? cors : undefined;
}
