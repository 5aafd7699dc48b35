import { IamStore } from './iam-store';
import { policyOperations } from './policies';
import { roleOperations } from './roles';
import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';

/** What a role may do, as the documents say. */
export interface RolePermissions {
  readonly arn: string;
  readonly documents: readonly string[];
  /** Names of AWS's own policies that are attached, after `policy/`. */
  readonly awsPolicies: readonly string[];
  readonly boundary?: string;
}

export interface IamService extends Service {
  /** Nothing for a role that is not there. */
  permissions(roleName: string): RolePermissions | undefined;
}

/** AWS Identity and Access Management: roles and policies, kept, given back, and judged with `--iam enforce`. */
export function createIam(core: EngineCore): IamService {
  const store = new IamStore(core);
  return {
    name: 'iam',
    operations: { ...roleOperations(store), ...policyOperations(store) },
    permissions: (roleName) => store.permissions(roleName),
    notes: ['Policies are checked for form, stored and returned; with `--iam off`, the default, no call is allowed or denied by them.'],
    simplified: {
      AttachRolePolicy: 'Any policy of AWS\'s own is taken to exist.',
      GetPolicy: 'AWS\'s own policies cannot be read.',
      ListPolicies: 'AWS\'s own policies are not listed.',
    },
  };
}
