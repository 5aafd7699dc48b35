import { LANGUAGE_EXTENSIONS } from './template/functions';
import { asList, type Template } from './template/template';
import { ServiceError } from '../../core/service';

const IAM_TYPES = ['AccessKey', 'Group', 'InstanceProfile', 'ManagedPolicy', 'Policy', 'Role', 'User', 'UserToGroupAddition'].map((name) => `AWS::IAM::${name}`);
const NAME_PROPERTIES = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

/** What the user must acknowledge before this template is deployed. */
export function requiredCapabilities({ Resources, Transform }: Template): { readonly capabilities: string[]; readonly reason?: string } {
  const iam = Object.values(Resources).filter(({ Type }) => IAM_TYPES.includes(Type));
  const named = iam.some(({ Properties = {} }) => NAME_PROPERTIES.some((name) => name in Properties));
  const capabilities = [
    ...(iam.length === 0 ? [] : [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']),
    ...(asList(Transform).includes(LANGUAGE_EXTENSIONS) ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
  const types = [...new Set(iam.map(({ Type }) => Type))];
  return { capabilities, ...(types.length > 0 ? { reason: `The following resource(s) require capabilities: [${types.join(', ')}]` } : {}) };
}

export function checkCapabilities(template: Template, given: readonly string[]): void {
  const has = (capability: string) => given.includes(capability) || (capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM'));
  const missing = requiredCapabilities(template).capabilities.filter((capability) => !has(capability));
  if (missing.length > 0) {
    throw new ServiceError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`, 400);
  }
}
