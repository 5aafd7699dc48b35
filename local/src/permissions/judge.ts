import { appliesTo, type Need, type Statement } from './policy';
import { fits } from './wildcards';

/** Who asks, and what is known of it. */
export interface Principal {
  /** Of an assumed role: the role's and the session's. Of a service: none. */
  readonly arns: readonly string[];
  readonly account: string;
  /** `sns.amazonaws.com` */
  readonly service?: string;
  /** The policies of the role, and its boundary. */
  readonly identity: readonly Statement[];
  readonly boundary?: readonly Statement[];
}

export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

const ALLOWED: Verdict = { allowed: true };

/**
 * IAM's order: an explicit deny anywhere; then an allow of the caller's own policies within its boundary, or of the resource's policy
 * (accounts are one here). A key's policy must let the account's policies count at all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge(principal: Principal, need: Need, resource: readonly Statement[] | undefined): Verdict {
  const speaks = (statement: Statement): boolean => appliesTo(statement, need);
  const own = principal.identity.filter(speaks);
  const theirs = (resource ?? []).filter((statement) => speaks(statement) && namesPrincipal(statement, principal));
  if (own.some(isDeny)) return refused('with an explicit deny in an identity-based policy');
  if (theirs.some(isDeny)) return refused('with an explicit deny in a resource-based policy');
  if (theirs.some((statement) => isAllow(statement) && !delegates(statement, principal))) return ALLOWED;
  if (principal.service) return refused(`because no resource-based policy allows the ${need.action} action`);
  const counts = !need.action.startsWith('kms:') || theirs.some((statement) => isAllow(statement) && delegates(statement, principal));
  if (!counts) return refused(`because no resource-based policy allows the ${need.action} action`);
  if (!own.some(isAllow)) return refused(`because no identity-based policy allows the ${need.action} action`);
  if (principal.boundary && !principal.boundary.some((statement) => isAllow(statement) && speaks(statement))) {
    return refused(`because no permissions boundary allows the ${need.action} action`);
  }
  return ALLOWED;
}

function refused(because: string): Verdict {
  return { allowed: false, because };
}

const isDeny = ({ Effect }: Statement): boolean => Effect === 'Deny';
const isAllow = ({ Effect }: Statement): boolean => Effect === 'Allow';

function namesPrincipal({ Principal: named, NotPrincipal }: Statement, principal: Principal): boolean {
  if (NotPrincipal !== undefined) throw new Error('the engine does not know NotPrincipal in the policy of a resource');
  if (named === '*') return true;
  const accounts = [named?.AWS ?? []].flat();
  const services = [named?.Service ?? []].flat();
  return principal.service !== undefined
    ? services.includes(principal.service) || accounts.includes('*')
    : accounts.some((one) => one === '*' || isAccount(one, principal) || principal.arns.some((arn) => fits(one, arn)));
}

/** Names the account only, so that the policies of its roles decide. */
function delegates({ Principal: named }: Statement, principal: Principal): boolean {
  return typeof named === 'object' && [named.AWS ?? []].flat().every((one) => isAccount(one, principal)) && named.Service === undefined;
}

function isAccount(text: string, { account }: Principal): boolean {
  return text === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(text);
}
