import { roleCaller } from '../core/acting-as';
import type { EngineCore } from '../core/engine';
import type { Need } from '../permissions/policy';
import type { LabelingJob } from '../services/sagemaker/labeling-job';

/**
 * Training and inference run in the job's role, which the job itself hands on; in a network of the user's, and on volumes with a key of the
 * user's, they need more.
 */
export async function checkTrainingRights(core: EngineCore, { name, request }: LabelingJob): Promise<void> {
  const { RoleArn, LabelingJobAlgorithmsConfig: algorithms } = request;
  const { VolumeKmsKeyId: key, VpcConfig: network } = algorithms?.LabelingJobResourceConfig ?? {};
  const { partition, region, accountId } = core.settings;
  const ec2 = (action: string, resource: string): Need => ({ action: `ec2:${action}`, resource: `arn:${partition}:ec2:${region}:${accountId}:${resource}` });
  const needs: Need[] = [
    { action: 'iam:PassRole', resource: RoleArn, keys: { 'iam:passedtoservice': ['sagemaker.amazonaws.com'] } },
    ...key?.startsWith('arn:') ? [{ action: 'kms:CreateGrant', resource: key }] : [],
    ...network ? [
      ...[...network.Subnets.map((id) => `subnet/${id}`), ...network.SecurityGroupIds.map((id) => `security-group/${id}`)].map((id) => ec2('CreateNetworkInterface', id)),
      ec2('CreateNetworkInterfacePermission', 'network-interface/eni-local'),
      ...['DescribeSubnets', 'DescribeSecurityGroups', 'DescribeVpcs', 'DescribeDhcpOptions', 'DescribeNetworkInterfaces'].map((action) => ({ action: `ec2:${action}`, resource: '*' })),
    ] : [],
  ];
  const caller = roleCaller(core, RoleArn, name);
  for (const need of needs) {
    if (!await core.isAllowed(caller, [need])) {
      throw new Error(`automated data labeling cannot start its training: ${caller.arn} is not authorized to perform ${need.action} on ${need.resource}`);
    }
  }
}
