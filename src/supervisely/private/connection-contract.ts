import type { UserReference } from '../../model/supervisely/group-spec';
import { flag, seconds } from '../../private/property-decoding-contract';

export type { UserReference } from '../../model/supervisely/group-spec';

/** How a handler reaches a Supervisely server; part of the properties of every custom resource of this submodule. */
export interface ConnectionProperties {
  /** `https://host[:port]`, without a slash at its end. */
  readonly ServerUrl: string;
  /** ARN of the Secrets Manager secret with the API token, which is read in every invocation and stands nowhere else. */
  readonly SecretArn: string;
  /** Member of the secret's JSON that is the token; without it the whole secret is the token. */
  readonly SecretField?: string;
  /** `true` lets the token travel over plain HTTP. */
  readonly AllowPlainHttp?: string;
  /** Seconds that one request may take, 1 to 120; 30 without it. */
  readonly RequestTimeoutSeconds?: string;
}

/** What the handlers connect with. */
export interface ConnectionInput {
  readonly serverUrl: string;
  readonly secretArn: string;
  readonly secretField?: string;
  readonly allowPlainHttp: boolean;
  readonly requestTimeoutSeconds: number;
}

/** Somebody on the server, by id or by login; one of both is there. */
export interface UserProperties {
  readonly Id?: string;
  readonly Login?: string;
}

export const LONGEST_REQUEST_SECONDS = 120;
const USUAL_REQUEST_SECONDS = 30;

export function decodeConnection(properties: ConnectionProperties): ConnectionInput {
  const { ServerUrl, SecretArn, SecretField, AllowPlainHttp, RequestTimeoutSeconds = String(USUAL_REQUEST_SECONDS) } = properties;
  return {
    serverUrl: ServerUrl.replace(/\/+$/, ''),
    secretArn: SecretArn,
    secretField: SecretField,
    allowPlainHttp: flag('Connection.AllowPlainHttp', AllowPlainHttp, false),
    requestTimeoutSeconds: seconds('Connection.RequestTimeoutSeconds', RequestTimeoutSeconds, LONGEST_REQUEST_SECONDS),
  };
}

/** Ids of the server are whole numbers from 1; CloudFormation made strings of them. */
export function id(name: string, value: unknown): number {
  // what jobs answer whose import goes on, or whose server could not be asked
  if (value === '') throw new Error(`${name}: the id is not known yet, the job or queue that it is of is still preparing: deploy again when its status says otherwise`);
  if (!/^[1-9][0-9]{0,14}$/.test(String(value))) throw new Error(`${name}: expected the id of something on the server, a whole number from 1, got ${JSON.stringify(value)}`);
  return Number(value);
}

export function optionalId(name: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : id(name, value);
}

export function user(name: string, { Id, Login }: UserProperties): UserReference {
  if (Id === undefined && (Login === undefined || Login === '')) throw new Error(`${name}: expected the Id or the Login of somebody, got neither`);
  return Id === undefined ? { login: Login } : { id: id(`${name}.Id`, Id) };
}
