import { type Call, changed, defined, document, pick, type SimulatedResource, tagsOf, unlessGone, updateTags } from './provider';
import type { Json } from '../template/template';

export function iamResources(call: Call): SimulatedResource[] {
  return [role(call), inlinePolicy(call), managedPolicy(call)];
}

type InlinePolicies = Record<string, string>;

function inlinePolicies({ Policies }: Json): InlinePolicies {
  const policies = (Policies ?? []) as { PolicyName: string; PolicyDocument: unknown }[];
  return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, document(PolicyDocument)!]));
}

function names(value: unknown): string[] {
  return (value ?? []) as string[];
}

function role(call: Call): SimulatedResource {
  const iam = (operation: string, input: Json) => call('iam', operation, input);
  const policies = async (RoleName: string, after: Json, before: Json) => {
    const [wanted, had] = [inlinePolicies(after), inlinePolicies(before)];
    for (const [PolicyName, PolicyDocument] of Object.entries(wanted).filter(([name, text]) => had[name] !== text)) {
      await iam('PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
    }
    for (const PolicyName of Object.keys(had).filter((name) => !(name in wanted))) {
      await unlessGone(iam('DeleteRolePolicy', { RoleName, PolicyName }), 'NoSuchEntity');
    }
    const [attached, wereAttached] = [names(after.ManagedPolicyArns), names(before.ManagedPolicyArns)];
    for (const PolicyArn of attached.filter((arn) => !wereAttached.includes(arn))) {
      await iam('AttachRolePolicy', { RoleName, PolicyArn });
    }
    for (const PolicyArn of wereAttached.filter((arn) => !attached.includes(arn))) {
      await unlessGone(iam('DetachRolePolicy', { RoleName, PolicyArn }), 'NoSuchEntity');
    }
  };
  const attributes = async (RoleName: string) => {
    const { Role } = await iam('GetRole', { RoleName });
    return { Arn: Role.Arn, RoleId: Role.RoleId };
  };
  return {
    type: 'AWS::IAM::Role',
    properties: ['AssumeRolePolicyDocument', 'Description', 'ManagedPolicyArns', 'MaxSessionDuration', 'Path', 'PermissionsBoundary', 'Policies', 'RoleName', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const RoleName = properties.RoleName as string | undefined ?? request.generatedName(64);
      await iam('CreateRole', {
        ...pick(properties, ['Description', 'MaxSessionDuration', 'Path', 'PermissionsBoundary', 'Tags']),
        RoleName,
        AssumeRolePolicyDocument: document(properties.AssumeRolePolicyDocument),
      });
      request.initiated(RoleName);
      await policies(RoleName, properties, {});
      return { physicalId: RoleName, attributes: await attributes(RoleName) };
    },
    update: async ({ properties }, { physicalId: RoleName, properties: before }) => {
      if (changed(before, properties, ['AssumeRolePolicyDocument'])) {
        await iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: document(properties.AssumeRolePolicyDocument) });
      }
      if (changed(before, properties, ['Description', 'MaxSessionDuration'])) {
        await iam('UpdateRole', { RoleName, Description: properties.Description ?? '', MaxSessionDuration: properties.MaxSessionDuration ?? 3600 });
      }
      if (changed(before, properties, ['PermissionsBoundary'])) {
        await (properties.PermissionsBoundary === undefined
          ? iam('DeleteRolePermissionsBoundary', { RoleName })
          : iam('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: properties.PermissionsBoundary }));
      }
      await policies(RoleName, properties, before);
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => iam('TagRole', { RoleName, Tags }),
        remove: (TagKeys) => iam('UntagRole', { RoleName, TagKeys }),
      });
      return { physicalId: RoleName, attributes: await attributes(RoleName) };
    },
    delete: async ({ properties }, RoleName) => {
      await policies(RoleName, {}, properties);
      await unlessGone(iam('DeleteRole', { RoleName }), 'NoSuchEntity');
    },
  };
}

function inlinePolicy(call: Call): SimulatedResource {
  const put = async ({ Roles, Users, Groups, PolicyName, PolicyDocument }: Json) => {
    if (names(Users).length + names(Groups).length > 0) {
      throw new Error('this engine has no IAM users and groups: a policy can be put on roles only');
    }
    for (const RoleName of names(Roles)) {
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: document(PolicyDocument) });
    }
  };
  const remove = async ({ Roles, PolicyName }: Json, kept: readonly string[] = []) => {
    for (const RoleName of names(Roles).filter((name) => !kept.includes(name))) {
      await unlessGone(call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), 'NoSuchEntity');
    }
  };
  return {
    type: 'AWS::IAM::Policy',
    properties: ['PolicyDocument', 'PolicyName', 'Roles', 'Users', 'Groups'],
    create: async (request) => {
      const physicalId = request.generatedName();
      request.initiated(physicalId);
      await put(request.properties);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: async ({ properties }, { physicalId, properties: before }) => {
      await put(properties);
      await remove(before, before.PolicyName === properties.PolicyName ? names(properties.Roles) : []);
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: ({ properties }) => remove(properties),
  };
}

function managedPolicy(call: Call): SimulatedResource {
  const attach = async (PolicyArn: string, after: Json, before: Json) => {
    for (const RoleName of names(after.Roles).filter((name) => !names(before.Roles).includes(name))) {
      await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    }
    for (const RoleName of names(before.Roles).filter((name) => !names(after.Roles).includes(name))) {
      await unlessGone(call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }), 'NoSuchEntity');
    }
  };
  const removeOldVersions = async (PolicyArn: string) => {
    const { Versions } = await call<{ Versions: { VersionId: string; IsDefaultVersion: boolean }[] }>('iam', 'ListPolicyVersions', { PolicyArn });
    for (const { VersionId } of Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion)) {
      await call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
    }
  };
  const attributes = async (PolicyArn: string) => {
    const { Policy } = await call('iam', 'GetPolicy', { PolicyArn });
    return { PolicyArn, ...pick(Policy, ['PolicyId', 'DefaultVersionId', 'AttachmentCount', 'IsAttachable']) };
  };
  return {
    type: 'AWS::IAM::ManagedPolicy',
    properties: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
    create: async (request) => {
      const { properties } = request;
      const { Policy } = await call('iam', 'CreatePolicy', defined({
        PolicyName: properties.ManagedPolicyName ?? request.generatedName(128),
        PolicyDocument: document(properties.PolicyDocument),
        ...pick(properties, ['Description', 'Path']),
      }));
      request.initiated(Policy.Arn);
      await attach(Policy.Arn, properties, {});
      return { physicalId: Policy.Arn, attributes: await attributes(Policy.Arn) };
    },
    update: async (request, { physicalId, properties: before }) => {
      if (changed(before, request.properties, ['PolicyDocument'])) {
        await removeOldVersions(physicalId);
        await call('iam', 'CreatePolicyVersion', { PolicyArn: physicalId, PolicyDocument: document(request.properties.PolicyDocument), SetAsDefault: true });
      }
      await attach(physicalId, request.properties, before);
      return { physicalId, attributes: await attributes(physicalId) };
    },
    delete: async ({ properties }, PolicyArn) => {
      await attach(PolicyArn, {}, properties);
      await unlessGone(removeOldVersions(PolicyArn), 'NoSuchEntity');
      await unlessGone(call('iam', 'DeletePolicy', { PolicyArn }), 'NoSuchEntity');
    },
  };
}
