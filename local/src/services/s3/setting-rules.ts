import type { CorsRule } from './cors';
import { s3Error } from './errors';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Value = any;

const CORS_METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];
const RULE_LIMIT = 100;

export function checkCors({ CORSRules }: Value): void {
  const rules = (CORSRules ?? []) as CorsRule[];
  if (rules.length === 0 || rules.length > RULE_LIMIT) throw s3Error('MalformedXML');
  for (const { AllowedMethods, AllowedOrigins, AllowedHeaders = [], ExposeHeaders = [] } of rules) {
    for (const method of AllowedMethods) {
      if (!CORS_METHODS.includes(method)) {
        throw s3Error('InvalidRequest', {}, `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
      }
    }
    for (const origin of AllowedOrigins) refuseWildcards('AllowedOrigin', origin);
    for (const header of AllowedHeaders) refuseWildcards('AllowedHeader', header);
    for (const header of ExposeHeaders) {
      if (header.includes('*')) throw s3Error('InvalidRequest', {}, `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`);
    }
  }
}

function refuseWildcards(name: string, value: string): void {
  if (value.split('*').length > 2) throw s3Error('InvalidRequest', {}, `${name} "${value}" can not have more than one wildcard.`);
}

const POLICY_LIMIT = 20 * 1024;

/** A policy must be JSON, no larger than 20 KB, and name this bucket only. */
export function checkPolicy(policy: string, bucket: string): void {
  if (Buffer.byteLength(policy) > POLICY_LIMIT) throw s3Error('MalformedPolicy', {}, 'Normalized policy document exceeds the maximum allowed size of 20480 bytes.');
  const { Statement } = parsePolicy(policy);
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (statements.length === 0 || statements.some((statement) => typeof statement !== 'object' || statement === null)) {
    throw s3Error('MalformedPolicy', {}, 'Missing required field Statement');
  }
  for (const statement of statements as Array<Record<string, unknown>>) checkStatement(statement, bucket);
}

function parsePolicy(policy: string): { Statement?: unknown } {
  try {
    const value: unknown = JSON.parse(policy);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { Statement?: unknown };
  } catch {
    // answered below
  }
  throw s3Error('MalformedPolicy');
}

function checkStatement(statement: Record<string, unknown>, bucket: string): void {
  for (const required of [['Effect'], ['Principal', 'NotPrincipal'], ['Action', 'NotAction'], ['Resource', 'NotResource']]) {
    if (required.every((name) => statement[name] === undefined)) throw s3Error('MalformedPolicy', {}, `Missing required field ${required[0]}`);
  }
  if (!['Allow', 'Deny'].includes(statement.Effect as string)) throw s3Error('MalformedPolicy', {}, `Invalid effect: ${String(statement.Effect)}`);
  for (const resource of [statement.Resource ?? statement.NotResource].flat()) {
    const name = /^arn:[^:]+:s3:::([^/]+)/.exec(String(resource))?.[1];
    if (name === undefined || !isPatternOf(name, bucket)) throw s3Error('MalformedPolicy', {}, 'Policy has invalid resource');
  }
}

function isPatternOf(pattern: string, name: string): boolean {
  const expression = pattern.split('').map((character) => character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[.+^$()|[\]\\{}]/, '\\$&'));
  return new RegExp(`^${expression.join('')}$`).test(name);
}

export function checkLifecycle(configuration: Value): void {
  const rules = (configuration?.Rules ?? []) as Array<Record<string, unknown>>;
  if (rules.length === 0) throw s3Error('MalformedXML');
  const ids = rules.flatMap(({ ID }) => ID ?? []);
  if (new Set(ids).size < ids.length) throw s3Error('InvalidArgument', {}, 'Rule ID must be unique. Found same ID for more than one rule');
  const actions = ['Expiration', 'Transitions', 'NoncurrentVersionExpiration', 'NoncurrentVersionTransitions', 'AbortIncompleteMultipartUpload'];
  for (const rule of rules) {
    if (actions.every((action) => rule[action] === undefined)) throw s3Error('InvalidRequest', {}, 'At least one action needs to be specified in a rule');
  }
}
