import { CreateStackCommand, DescribeStacksCommand, type CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import type { Environment } from './placeholders';
import { isMissing, settled } from './stack-status';

const DEFAULT_QUALIFIER = 'hnb659fds';
/** The version of CDK's bootstrap stack whose promises to apps this one keeps: an asset bucket and a version parameter. */
const VERSION = '30';

const TEMPLATE = JSON.stringify({
  Description: 'What a bootstrapped account has for CDK apps: the local engine needs no roles and no image repository',
  Parameters: { Qualifier: { Type: 'String' } },
  Resources: {
    StagingBucket: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      Properties: {
        BucketName: { 'Fn::Sub': 'cdk-${Qualifier}-assets-${AWS::AccountId}-${AWS::Region}' },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    },
    CdkBootstrapVersion: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: { 'Fn::Sub': '/cdk-bootstrap/${Qualifier}/version' }, Value: VERSION },
    },
  },
  Outputs: {
    BucketName: { Value: { Ref: 'StagingBucket' } },
    BucketDomainName: { Value: { 'Fn::GetAtt': ['StagingBucket', 'RegionalDomainName'] } },
    BootstrapVersion: { Value: { 'Fn::GetAtt': ['CdkBootstrapVersion', 'Value'] } },
  },
});

/** Gives the engine CDK's bootstrap stack where it is missing; answers where that is, which is where all else will be. */
export async function ensureBootstrapped(cloudFormation: CloudFormationClient, versionParameter?: string): Promise<Environment> {
  const qualifier = /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(versionParameter ?? '')?.[1] ?? DEFAULT_QUALIFIER;
  const StackName = qualifier === DEFAULT_QUALIFIER ? 'CDKToolkit' : `CDKToolkit-${qualifier}`;
  const stack = await describe(cloudFormation, StackName) ?? await create(cloudFormation, StackName, qualifier);
  const [, partition, , region, account] = stack.StackId!.split(':');
  return { partition, region, account };
}

async function describe(cloudFormation: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

async function create(cloudFormation: CloudFormationClient, StackName: string, qualifier: string): Promise<Stack> {
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE, Parameters: [{ ParameterKey: 'Qualifier', ParameterValue: qualifier }] }));
  const stack = await settled(cloudFormation, StackName);
  if (stack.StackStatus !== 'CREATE_COMPLETE') {
    throw new Error(`the bootstrap stack ${StackName} could not be made: ${stack.StackStatusReason}`);
  }
  return stack;
}
