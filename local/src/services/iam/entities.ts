import { ServiceError } from '../../core/service';
import type { Tag } from '../../core/tags';

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly arn: string;
  readonly created: number;
  trustPolicy: string;
  description: string | undefined;
  maxSessionDuration: number;
  boundary: string | undefined;
  tags: Tag[];
  /** Inline policies by name. */
  readonly policies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly created: number;
}

export interface Policy {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly arn: string;
  readonly created: number;
  readonly description: string | undefined;
  readonly tags: Tag[];
  versions: PolicyVersion[];
  defaultVersion: string;
  /** The number of the next version: numbers are not used again. */
  next: number;
  updated: number;
}

/** IAM gives documents percent-encoded. */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What IAM demands of every policy, the kind of policy telling which of `Principal` and `Resource` it must and must not have. */
export function checkedDocument(document: string, kind: 'trust' | 'permissions'): string {
  const { Version, Statement } = parse(document);
  if (Version !== undefined && !['2012-10-17', '2008-10-17'].includes(Version as string)) throw malformed('The policy must contain a valid version string');
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Array<Record<string, unknown> | undefined>;
  if (statements.length === 0 || Statement === undefined) throw malformed('Syntax errors in policy.');
  for (const statement of statements) checkStatement(statement, kind);
  return document;
}

function checkStatement(statement: Record<string, unknown> | undefined, kind: 'trust' | 'permissions'): void {
  if (typeof statement !== 'object' || statement === null || !['Allow', 'Deny'].includes(statement.Effect as string)) throw malformed('Syntax errors in policy.');
  const has = (...names: string[]): boolean => names.some((name) => statement[name] !== undefined);
  if (!has('Action', 'NotAction')) throw malformed('Policy statement must contain actions.');
  if (kind === 'permissions' && has('Principal', 'NotPrincipal')) throw malformed('Policy document should not specify a principal.');
  if (kind === 'permissions' && !has('Resource', 'NotResource')) throw malformed('Policy statement must contain resources.');
  if (kind === 'trust' && !has('Principal', 'NotPrincipal')) throw malformed('AssumeRole policy must contain principals.');
  if (kind === 'trust' && has('Resource', 'NotResource')) throw malformed('Has prohibited field Resource');
}

function parse(document: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(document);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw malformed('This policy contains invalid Json');
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message);
}

export function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntity', message);
}
