import { type ConditionBlock, conditionsHold, type RequestContextKeys } from './conditions';
import { fits } from './wildcards';

/** What a call needs to be allowed. */
export interface Need {
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN, or `*` for actions without a resource; absent where it is not known which, and any will do. */
  readonly resource?: string;
  readonly keys?: RequestContextKeys;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

const parsed = new Map<string, readonly Statement[]>();

/** The same text is read once: a role's policies are asked at every call. */
export function statementsOf(document: string): readonly Statement[] {
  let statements = parsed.get(document);
  if (!statements) {
    statements = [(JSON.parse(document) as { Statement: Statement | Statement[] }).Statement].flat();
    parsed.set(document, statements);
  }
  return statements;
}

/** Whether a statement speaks of this need; its principal is the caller's to compare. */
export function appliesTo(statement: Statement, need: Need): boolean {
  return named(statement.Action, statement.NotAction, (pattern) => fits(pattern, need.action, true))
    && namesResource(statement, need)
    && conditionsHold(statement.Condition, need.keys ?? {});
}

function namesResource({ Resource, NotResource, Effect }: Statement, { resource, keys = {} }: Need): boolean {
  // a resource policy may leave it out: it speaks of what it hangs on
  if (Resource === undefined && NotResource === undefined) return true;
  if (resource === undefined) return Effect === 'Allow';
  return named(Resource, NotResource, (pattern) => fits(withVariables(pattern, keys), resource));
}

function named(wanted: string | readonly string[] | undefined, unwanted: string | readonly string[] | undefined, is: (pattern: string) => boolean): boolean {
  return wanted !== undefined ? [wanted].flat().some(is) : ![unwanted ?? []].flat().some(is);
}

/** `${aws:PrincipalAccount}` and the like. */
function withVariables(pattern: string, keys: RequestContextKeys): string {
  return pattern.replace(/\$\{([^}]+)\}/g, (whole, key: string) => keys[key.toLowerCase()]?.[0] ?? whole);
}
