import { accessDenied } from './access-denied';
import { keyNeedsOfAnswer, keyNeedsOfMessages } from './encryption';
import { judge, type Principal } from './judge';
import { MANAGED_POLICIES } from './managed-policies';
import { needsOf } from './needs';
import type { Input, NeedsContext } from './needs/table';
import { type Need, statementsOf } from './policy';
import { resourcePolicy } from './resource-policies';
import type { LocalCore } from '../core/engine-core';
import { type Caller, type RequestContext, ServiceError } from '../core/service';
import type { IamService } from '../services/iam';

/** Errors that tell somebody without the right to list that an object is not there. */
const NOT_THERE = new Set(['NoSuchKey', 'NotFound', '404']);

/**
 * `--iam enforce`: what a role does is judged by its policies and those of the resource, as IAM does. The account's root, with whose keys
 * users and the engine's own services act, may do everything.
 */
export class Enforcement {
  private readonly needsContext: NeedsContext;

  constructor(private readonly core: LocalCore) {
    this.needsContext = { settings: core.settings, ask: (service, operation, input) => this.ask(service, operation, input) };
  }

  /** Before the call. */
  async allow(context: RequestContext, input: Input): Promise<void> {
    if (this.isRoot(context.caller)) return;
    const { service, operation } = context;
    const needs = [...await needsOf(service, operation, input, this.needsContext), ...await keyNeedsOfMessages(service, operation, input, this.needsContext)];
    await this.demand(context, needs);
  }

  /** After it: the answer shows with which key an object is encrypted. */
  async allowAnswer(context: RequestContext, answer: object): Promise<void> {
    if (this.isRoot(context.caller)) return;
    await this.demand(context, await keyNeedsOfAnswer(context.service, context.operation, answer, this.needsContext));
  }

  /** S3 does not tell whether an object is there to who may not list its bucket. */
  async hideMissing(context: RequestContext, input: Input, error: unknown): Promise<void> {
    const { service, caller } = context;
    if (service !== 's3' || this.isRoot(caller) || !(error instanceof ServiceError) || !NOT_THERE.has(error.code) || input.Key === undefined) return;
    await this.demand(context, await needsOf('s3', 'ListObjectsV2', { Bucket: input.Bucket, Prefix: input.Key }, this.needsContext));
  }

  private isRoot({ arn, service }: Caller): boolean {
    return service === undefined && arn.endsWith(':root');
  }

  /** Rights that no operation of the API asks for. */
  async allows(caller: Caller, needs: readonly Need[]): Promise<boolean> {
    return this.isRoot(caller) || await this.refused(caller, needs) === undefined;
  }

  private async demand({ service, caller }: RequestContext, needs: readonly Need[]): Promise<void> {
    const refused = await this.refused(caller, needs);
    if (refused) throw accessDenied(service, caller.arn, refused.need, refused.because);
  }

  private async refused(caller: Caller, needs: readonly Need[]): Promise<{ readonly need: Need; readonly because: string } | undefined> {
    if (needs.length === 0) return undefined;
    const principal = this.principal(caller);
    const globalKeys = this.globalKeys(caller, principal);
    for (const need of needs) {
      const verdict = judge(principal, { ...need, keys: { ...globalKeys, ...need.keys } }, await resourcePolicy(this.needsContext, need));
      if (!verdict.allowed) return { need, because: verdict.because };
    }
    return undefined;
  }

  private principal({ arn, service }: Caller): Principal {
    const { accountId } = this.core.settings;
    if (service) return { arns: [], account: accountId, service: service.principal, identity: [] };
    const [, roleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
    const role = roleName === undefined ? undefined : this.core.service<IamService>('iam').permissions(roleName);
    if (!role) return { arns: [arn], account: accountId, identity: [] };
    return {
      arns: [role.arn, arn],
      account: accountId,
      identity: [...role.documents, ...role.awsPolicies.map(managedPolicy)].flatMap(statementsOf),
      ...(role.boundary !== undefined && { boundary: statementsOf(role.boundary) }),
    };
  }

  private globalKeys({ service }: Caller, { arns: [arn] }: Principal): Record<string, string[]> {
    const { accountId, region } = this.core.settings;
    return {
      'aws:currenttime': [new Date(this.core.clock.now()).toISOString()],
      'aws:requestedregion': [region],
      'aws:resourceaccount': [accountId],
      // the engine speaks plain HTTP on one machine only: what policies say of transport is for AWS
      'aws:securetransport': ['true'],
      's3:tlsversion': ['1.3'],
      'aws:principalaccount': [accountId],
      ...(arn !== undefined && { 'aws:principalarn': [arn] }),
      ...(service && { 'aws:sourcearn': [service.sourceArn], 'aws:sourceaccount': [accountId] }),
    };
  }

  /** Straight to the service: no log, no faults, no judgement. What is not there is nothing. */
  private async ask<T>(service: string, operation: string, input: object): Promise<T | undefined> {
    const context = this.core.context(service, operation, this.core.root, {}, (promise) => promise);
    try {
      return await this.core.services.get(service)!.operations[operation](input, context) as T;
    } catch (error) {
      if (error instanceof ServiceError) return undefined;
      throw error;
    }
  }
}

function managedPolicy(name: string): string {
  const document = MANAGED_POLICIES[name];
  if (document === undefined) {
    throw new ServiceError('NotImplemented', `--iam enforce does not know what AWS's policy ${name} allows: it knows ${Object.keys(MANAGED_POLICIES).join(', ')}`, 501);
  }
  return document;
}
