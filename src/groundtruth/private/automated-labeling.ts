import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IDependable } from 'constructs';
import { LIMITS } from '../../model/groundtruth/limits';
import { AutomatedLabelingInput } from '../../model/groundtruth/request';
import { refuse } from '../../private/errors';
import { AutomatedLabelingOptions } from '../automated-labeling-options';

/** Automated labeling with all its parts in place. */
export interface BoundAutomatedLabeling {
  readonly request: Omit<AutomatedLabelingInput, 'algorithmArn'>;
  /** What the user set of it. */
  readonly revision: Readonly<Record<string, unknown>>;
  /** What the job's role needs besides. */
  readonly roleStatements: iam.PolicyStatement[];
  /** What has to be there when the job starts. */
  readonly before: IDependable[];
}

interface Network {
  readonly vpc: ec2.IVpc;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

export function bindAutomatedLabeling(scope: Construct, options: AutomatedLabelingOptions, role: iam.IRole): BoundAutomatedLabeling {
  const { initialModelArn, volumeKey } = options;
  const network = options.vpc && networkOf(scope, options.vpc, options);
  return {
    request: {
      initialModelArn,
      volumeKeyId: volumeKey?.keyArn,
      subnetIds: network?.subnetIds,
      securityGroupIds: network?.securityGroupIds,
    },
    revision: {
      initialModel: initialModelArn,
      volumeKey: volumeKey?.keyArn,
      subnets: network?.subnetIds,
      securityGroups: options.securityGroups?.map(({ securityGroupId }) => securityGroupId),
    },
    roleStatements: [passItself(role), ...volumeKey ? [useKey(volumeKey)] : [], ...network ? networkStatements(scope, network) : []],
    // its gateway endpoint of S3, too
    before: network ? [network.vpc] : [],
  };
}

function networkOf(scope: Construct, vpc: ec2.IVpc, { vpcSubnets, securityGroups }: AutomatedLabelingOptions): Network {
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  const { min, max } = LIMITS.vpcSubnets;
  refuse(scope, subnetIds.length < min || subnetIds.length > max
    ? [`'automatedLabeling.vpcSubnets' must select ${min} to ${max} subnets, got ${subnetIds.length}: name them, or one a zone with { onePerAz: true }`] : []);
  const groups = securityGroups ?? [new ec2.SecurityGroup(scope, 'TrainingSecurityGroup', { vpc, description: 'Machines of automated labeling' })];
  return { vpc, subnetIds, securityGroupIds: groups.map(({ securityGroupId }) => securityGroupId) };
}

/**
 * Ground Truth starts training and inference in the job's role, as the job's role.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-permission-execution-role.html
 */
function passItself({ roleArn }: iam.IRole): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:PassRole'], resources: [roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-kms-permissions.html */
function useKey({ keyArn }: kms.IKey): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], resources: [keyArn],
  });
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html */
function networkStatements(scope: Construct, { subnetIds, securityGroupIds }: Network): iam.PolicyStatement[] {
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
  const interfaces = arn('network-interface', '*');
  return [
    new iam.PolicyStatement({
      actions: ['ec2:CreateNetworkInterface'],
      resources: [interfaces, ...subnetIds.map((id) => arn('subnet', id)), ...securityGroupIds.map((id) => arn('security-group', id))],
    }),
    new iam.PolicyStatement({ actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface'], resources: [interfaces] }),
    // these know no resource
    new iam.PolicyStatement({
      actions: [
        'ec2:DeleteNetworkInterfacePermission', 'ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    }),
  ];
}
