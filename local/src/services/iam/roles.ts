import { checkedDocument, encodedDocument, noSuchEntity, type Role } from './entities';
import type { IamStore } from './iam-store';
import { pageOf } from '../../core/page';
import { type Operation, ServiceError } from '../../core/service';
import { mergeTags, withoutTags } from '../../core/tags';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const HOUR = 3600;
const PAGE = 100;

export function roleOperations(store: IamStore): Record<string, Operation> {
  /** Changes one role and answers nothing. */
  const change = (action: (role: Role, input: Input) => void): Operation => (input: Input) => {
    action(store.role(input.RoleName), input);
    return {};
  };

  return {
    CreateRole: (input: Input) => ({ Role: describe(createRole(store, input)) }),
    GetRole: ({ RoleName }: Input) => ({ Role: describe(store.role(RoleName)) }),
    ListRoles: ({ PathPrefix = '/', Marker, MaxItems = PAGE }: Input) => {
      const found = [...store.roles.values()].filter(({ path }) => path.startsWith(PathPrefix))
        .sort((left, right) => left.name < right.name ? -1 : 1);
      return marked('Roles', found.map((role) => ({ ...describe(role), Tags: undefined })), Marker, MaxItems);
    },
    UpdateRole: change((role, { Description, MaxSessionDuration }) => {
      role.description = Description ?? role.description;
      role.maxSessionDuration = MaxSessionDuration ?? role.maxSessionDuration;
    }),
    UpdateRoleDescription: ({ RoleName, Description }: Input) => {
      const role = store.role(RoleName);
      role.description = Description;
      return { Role: describe(role) };
    },
    UpdateAssumeRolePolicy: change((role, { PolicyDocument }) => { role.trustPolicy = checkedDocument(PolicyDocument, 'trust'); }),
    DeleteRole: change((role) => {
      if (role.attached.size > 0) throw new ServiceError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
      if (role.policies.size > 0) throw new ServiceError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
      store.roles.delete(role.name.toLowerCase());
    }),

    PutRolePolicy: change((role, { PolicyName, PolicyDocument }) => { role.policies.set(PolicyName, checkedDocument(PolicyDocument, 'permissions')); }),
    GetRolePolicy: ({ RoleName, PolicyName }: Input) => {
      const document = store.role(RoleName).policies.get(PolicyName);
      if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName, PolicyName, PolicyDocument: encodedDocument(document) };
    },
    DeleteRolePolicy: change((role, { PolicyName }) => {
      if (!role.policies.delete(PolicyName)) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    }),
    ListRolePolicies: ({ RoleName, Marker, MaxItems = PAGE }: Input) =>
      marked('PolicyNames', [...store.role(RoleName).policies.keys()].sort(), Marker, MaxItems),

    AttachRolePolicy: change((role, { PolicyArn }) => {
      store.checkPolicyArn(PolicyArn);
      role.attached.add(PolicyArn);
    }),
    DetachRolePolicy: change((role, { PolicyArn }) => {
      if (!role.attached.delete(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    }),
    ListAttachedRolePolicies: ({ RoleName, Marker, MaxItems = PAGE }: Input) =>
      marked('AttachedPolicies', [...store.role(RoleName).attached].sort().map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split('/').pop() })), Marker, MaxItems),

    PutRolePermissionsBoundary: change((role, { PermissionsBoundary }) => {
      store.checkPolicyArn(PermissionsBoundary);
      role.boundary = PermissionsBoundary;
    }),
    DeleteRolePermissionsBoundary: change((role) => { role.boundary = undefined; }),
    TagRole: change((role, { Tags }) => { role.tags = mergeTags(role.tags, Tags); }),
    UntagRole: change((role, { TagKeys }) => { role.tags = withoutTags(role.tags, TagKeys); }),
    ListRoleTags: ({ RoleName, Marker, MaxItems = PAGE }: Input) => marked('Tags', store.role(RoleName).tags, Marker, MaxItems),
  };
}

/** A page in IAM's form. */
export function marked(name: string, all: readonly unknown[], marker: string | undefined, size: number): object {
  const { items, nextToken } = pageOf(all, marker, size, () => new ServiceError('InvalidInput', 'Invalid Marker.'));
  return { [name]: items, IsTruncated: nextToken !== undefined, Marker: nextToken };
}

function createRole(store: IamStore, input: Input): Role {
  const name = input.RoleName as string;
  if (store.roles.has(name.toLowerCase())) throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
  if (input.PermissionsBoundary !== undefined) store.checkPolicyArn(input.PermissionsBoundary);
  const path = (input.Path ?? '/') as string;
  const role: Role = {
    name,
    path,
    id: store.newId('AROA'),
    arn: store.arn(`role${path}${name}`),
    created: store.now(),
    trustPolicy: checkedDocument(input.AssumeRolePolicyDocument, 'trust'),
    description: input.Description,
    maxSessionDuration: input.MaxSessionDuration ?? HOUR,
    boundary: input.PermissionsBoundary,
    tags: [...(input.Tags ?? [])],
    policies: new Map(),
    attached: new Set(),
  };
  store.roles.set(name.toLowerCase(), role);
  return role;
}

function describe(role: Role): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: role.boundary && { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: role.boundary },
    Tags: role.tags.length > 0 ? role.tags : undefined,
    RoleLastUsed: {},
  };
}
