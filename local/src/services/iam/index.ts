import { IamStore } from './iam-store';
import { policyOperations } from './policies';
import { roleOperations } from './roles';
import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';

/** AWS Identity and Access Management: roles and policies, kept and given back, judged by nobody. */
export function createIam(core: EngineCore): Service {
  const store = new IamStore(core);
  return {
    name: 'iam',
    operations: { ...roleOperations(store), ...policyOperations(store) },
    notes: ['Policies are checked for form, stored and returned; no call is allowed or denied by them.'],
    simplified: {
      AttachRolePolicy: 'Any policy of AWS\'s own is taken to exist.',
      GetPolicy: 'AWS\'s own policies cannot be read.',
      ListPolicies: 'AWS\'s own policies are not listed.',
    },
  };
}
