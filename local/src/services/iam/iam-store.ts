import type { RolePermissions } from '.';
import { noSuchEntity, type Policy, type Role } from './entities';
import type { EngineCore } from '../../core/engine';
import { randomId } from '../../core/random';

/** Roles and managed policies of the account. */
export class IamStore {
  /** By name in lower case: names differ by more than case. */
  readonly roles = new Map<string, Role>();
  /** By ARN. */
  readonly policies = new Map<string, Policy>();
  private readonly random: () => number;

  constructor(private readonly core: EngineCore) {
    this.random = core.random('iam');
  }

  role(name: string): Role {
    const role = this.roles.get(name.toLowerCase());
    if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return role;
  }

  permissions(roleName: string): RolePermissions | undefined {
    const role = this.roles.get(roleName.toLowerCase());
    if (!role) return undefined;
    const attached = [...role.attached];
    const { boundary } = role;
    return {
      arn: role.arn,
      documents: [...role.policies.values(), ...attached.filter((arn) => this.policies.has(arn)).map((arn) => this.defaultDocument(arn))],
      awsPolicies: attached.filter((arn) => !this.policies.has(arn)).map((arn) => arn.replace(/^.*:policy\//, '')),
      ...(boundary !== undefined && this.policies.has(boundary) && { boundary: this.defaultDocument(boundary) }),
    };
  }

  private defaultDocument(arn: string): string {
    const { versions, defaultVersion } = this.policy(arn);
    return versions.find(({ id }) => id === defaultVersion)!.document;
  }

  policy(arn: string): Policy {
    const policy = this.policies.get(arn);
    if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
    return policy;
  }

  /** A policy of AWS's is taken for granted. */
  checkPolicyArn(arn: string): void {
    if (!arn.startsWith(`arn:${this.core.settings.partition}:iam::aws:policy/`)) this.policy(arn);
  }

  attachments(arn: string): number {
    return [...this.roles.values()].filter(({ attached }) => attached.has(arn)).length;
  }

  arn(resource: string): string {
    return `arn:${this.core.settings.partition}:iam::${this.core.settings.accountId}:${resource}`;
  }

  newId(prefix: string): string {
    return randomId(this.random, prefix, 21);
  }

  now(): number {
    return this.core.clock.now();
  }
}
