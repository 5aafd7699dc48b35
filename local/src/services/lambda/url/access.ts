import { arnOf, type FoundUrl } from './function-url';
import type { EngineCore } from '../../../core/engine';
import type { Caller } from '../../../core/service';
import { judge, type Principal } from '../../../permissions/judge';
import type { Need } from '../../../permissions/policy';
import type { FunctionStore } from '../function-store';

/** Nobody in particular: only the function's resource policy can let them in. */
const ANYBODY: Principal = { arns: [], account: 'anonymous', identity: [] };

/**
 * Both rights are needed, as for every function URL since October 2025. A public URL's are judged whether IAM is enforced or not: without
 * them it answers nobody on AWS.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export async function mayCall(core: EngineCore, store: FunctionStore, found: FoundUrl, caller: Caller | undefined): Promise<boolean> {
  const { record, qualifier, url: { authType } } = found;
  const keys = { 'lambda:functionurlauthtype': [authType], 'lambda:invokedviafunctionurl': ['true'] };
  const needs: Need[] = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map((action) => ({ action, resource: arnOf(store, found), keys }));
  if (authType === 'NONE') return needs.every((need) => judge(ANYBODY, need, record.policies.get(qualifier)).allowed);
  return caller !== undefined && await core.isAllowed(caller, needs);
}
