import { aws_cognito as cognito, Stack } from 'aws-cdk-lib';
import { groundtruth } from '../../src';

/** The team named in the context (`-c workteam=my-team`), else one of its own on a new Cognito pool. */
export function readers(stack: Stack): groundtruth.IWorkteam {
  const existing = stack.node.tryGetContext('workteam');
  if (existing) return groundtruth.Workteam.fromWorkteamName(stack, 'Readers', existing);

  const userPool = new cognito.UserPool(stack, 'Pool', { selfSignUpEnabled: false });
  userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: `mail-stream-${stack.account}-${stack.region}` } });
  const userPoolClient = userPool.addClient('Client', { generateSecret: true });
  const group = new cognito.CfnUserPoolGroup(stack, 'Group', { userPoolId: userPool.userPoolId, groupName: 'mail-readers' });

  const team = new groundtruth.Workteam(stack, 'Readers', {
    members: groundtruth.WorkteamMembers.cognito({ userPool, userPoolClient, groups: ['mail-readers'] }),
    description: 'People who read mails',
  });
  team.node.addDependency(group);
  return team;
}
