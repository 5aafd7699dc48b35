import type { Cors, FunctionUrlAuthType } from '@aws-sdk/client-lambda';
import type { EngineSettings } from '../../../core/engine';
import { type FunctionRecord, type FunctionStore, LATEST } from '../function-store';

/** The HTTP address of a function or of one of its aliases. */
export interface FunctionUrl {
  /** What AWS puts before `.lambda-url.<region>.on.aws`. */
  readonly id: string;
  readonly authType: FunctionUrlAuthType;
  readonly cors?: Cors;
  readonly created: Date;
  readonly changed: Date;
}

/** A function URL and what it belongs to. */
export interface FoundUrl {
  readonly url: FunctionUrl;
  readonly record: FunctionRecord;
  /** An alias, or `$LATEST` for the function itself. */
  readonly qualifier: string;
}

export const URL_PATH = '/_local/function-urls/';

/** Where this machine reaches it: the host that AWS gives it has no address here. */
export function addressOf({ id }: FunctionUrl, endpoint: string): string {
  return `${endpoint}${URL_PATH}${id}/`;
}

/** The host by which the function knows itself, as on AWS. */
export function domainOf({ id }: FunctionUrl, { region }: EngineSettings): string {
  return `${id}.lambda-url.${region}.on.aws`;
}

export function findUrl(store: FunctionStore, id: string): FoundUrl | undefined {
  for (const record of store.all()) {
    for (const [qualifier, url] of record.urls) if (url.id === id) return { url, record, qualifier };
  }
  return undefined;
}

export function arnOf(store: FunctionStore, { record, qualifier }: Pick<FoundUrl, 'record' | 'qualifier'>): string {
  return store.arnOf({ name: record.name, ...(qualifier !== LATEST && { qualifier }) });
}

/** What a function URL is asked, its own part of the address taken off. */
export interface UrlRequest {
  readonly method: string;
  /** As sent, escapes and all. */
  readonly path: string;
  readonly query: string;
  /** Names in lower case; what came several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface UrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}
