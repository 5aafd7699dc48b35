import { checkedDocument, encodedDocument, noSuchEntity, type Policy, type PolicyVersion } from './entities';
import type { IamStore } from './iam-store';
import { marked } from './roles';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const VERSION_LIMIT = 5;
const PAGE = 100;

export function policyOperations(store: IamStore): Record<string, Operation> {
  return {
    CreatePolicy: (input: Input) => ({ Policy: describe(store, createPolicy(store, input)) }),
    GetPolicy: ({ PolicyArn }: Input) => ({ Policy: describe(store, store.policy(PolicyArn)) }),
    ListPolicies: ({ Scope = 'All', PathPrefix = '/', OnlyAttached = false, Marker, MaxItems = PAGE }: Input) => {
      const found = [...store.policies.values()].filter(({ path, arn }) =>
        Scope !== 'AWS' && path.startsWith(PathPrefix) && (!OnlyAttached || store.attachments(arn) > 0));
      return marked('Policies', found.map((policy) => describe(store, policy)), Marker, MaxItems);
    },
    DeletePolicy: ({ PolicyArn }: Input) => {
      const policy = store.policy(PolicyArn);
      if (store.attachments(PolicyArn) > 0) throw new ServiceError('DeleteConflict', 'Cannot delete a policy attached to entities.');
      if (policy.versions.length > 1) throw new ServiceError('DeleteConflict', 'This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.');
      store.policies.delete(PolicyArn);
      return {};
    },
    CreatePolicyVersion: ({ PolicyArn, PolicyDocument, SetAsDefault = false }: Input) => {
      const policy = store.policy(PolicyArn);
      if (policy.versions.length >= VERSION_LIMIT) {
        throw new ServiceError('LimitExceeded', `A managed policy can have up to ${VERSION_LIMIT} versions. Before you create a new version, you must delete an existing version.`);
      }
      const version = addVersion(store, policy, PolicyDocument);
      if (SetAsDefault) policy.defaultVersion = version.id;
      return { PolicyVersion: describeVersion(policy, version, false) };
    },
    GetPolicyVersion: ({ PolicyArn, VersionId }: Input) => {
      const policy = store.policy(PolicyArn);
      return { PolicyVersion: describeVersion(policy, versionOf(policy, VersionId), true) };
    },
    DeletePolicyVersion: ({ PolicyArn, VersionId }: Input) => {
      const policy = store.policy(PolicyArn);
      const version = versionOf(policy, VersionId);
      if (policy.defaultVersion === version.id) throw new ServiceError('DeleteConflict', 'Cannot delete the default version of a policy.');
      policy.versions = policy.versions.filter((candidate) => candidate !== version);
      return {};
    },
    ListPolicyVersions: ({ PolicyArn, Marker, MaxItems = PAGE }: Input) => {
      const policy = store.policy(PolicyArn);
      return marked('Versions', [...policy.versions].reverse().map((version) => describeVersion(policy, version, false)), Marker, MaxItems);
    },
  };
}

function createPolicy(store: IamStore, { PolicyName, Path = '/', PolicyDocument, Description, Tags = [] }: Input): Policy {
  const arn = store.arn(`policy${Path}${PolicyName}`);
  if (store.policies.has(arn)) throw new ServiceError('EntityAlreadyExists', `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`, 409);
  const now = store.now();
  const policy: Policy = {
    name: PolicyName, id: store.newId('ANPA'), path: Path, arn, created: now, description: Description, tags: Tags, versions: [], defaultVersion: 'v1', next: 1, updated: now,
  };
  addVersion(store, policy, PolicyDocument);
  store.policies.set(arn, policy);
  return policy;
}

function addVersion(store: IamStore, policy: Policy, document: string): PolicyVersion {
  const version = { id: `v${policy.next}`, document: checkedDocument(document, 'permissions'), created: store.now() };
  policy.next++;
  policy.versions.push(version);
  policy.updated = version.created;
  return version;
}

function versionOf(policy: Policy, id: string): PolicyVersion {
  const version = policy.versions.find((candidate) => candidate.id === id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function describe(store: IamStore, policy: Policy): object {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: store.attachments(policy.arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
    Tags: policy.tags.length > 0 ? policy.tags : undefined,
  };
}

function describeVersion(policy: Policy, { id, document, created }: PolicyVersion, withDocument: boolean): object {
  return {
    VersionId: id,
    IsDefaultVersion: policy.defaultVersion === id,
    CreateDate: new Date(created),
    ...(withDocument && { Document: encodedDocument(document) }),
  };
}
