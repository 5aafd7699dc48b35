import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { actionsOf, jobProps, newStack, statementsOf, synthJob } from './fixtures';
import { fleetOf, specificationOf, synthFleet } from './fleet-fixtures';
import { groundtruth, LabelCategories } from '../../src';

const { FleetData, FleetJobs, InputManifest, LabelingJob, TaskType, Workteam } = groundtruth;

const MODEL = 'arn:aws:sagemaker:us-east-1:111122223333:model/mails';
const enough = (count = 1250) => InputManifest.fromRecords(Array.from({ length: count }, (_, index) => ({ source: `text ${index}` })));
const algorithm = (name: string) => ({
  'Fn::Join': ['', ['arn:aws:sagemaker:', { Ref: 'AWS::Region' }, `:027400017018:labeling-job-algorithm-specification/${name}`]],
});

function automated(automatedLabeling: groundtruth.AutomatedLabelingOptions = {}, stack = newStack(), overrides: Partial<groundtruth.LabelingJobProps> = {}) {
  return synthJob({ input: enough(), automatedLabeling, ...overrides }, { stack });
}

function images(stack: Stack): groundtruth.InputManifest {
  return InputManifest.fromBucket(new groundtruth.LabelingBucket(stack, 'Images'), 'images.manifest');
}

describe('the request', () => {
  test('names the algorithm of the task type, and an empty object asks for it', () => {
    expect(automated().request.LabelingJobAlgorithmsConfig).toEqual({ LabelingJobAlgorithmSpecificationArn: algorithm('text-classification') });
    expect(synthJob().request).not.toHaveProperty('LabelingJobAlgorithmsConfig');
  });

  test.each([
    [TaskType.imageClassification(), 'image-classification', 'label'],
    [TaskType.boundingBox(), 'object-detection', 'label'],
    [TaskType.semanticSegmentation(), 'semantic-segmentation', 'label-ref'],
  ])('of %#', (taskType, name, labelAttributeName) => {
    const stack = newStack();
    const { request } = automated({}, stack, { taskType, labelAttributeName, input: images(stack) });
    expect(request.LabelingJobAlgorithmsConfig.LabelingJobAlgorithmSpecificationArn).toEqual(algorithm(name));
  });

  test('has initial model, key and network', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const { request, revision } = automated({
      initialModelArn: MODEL,
      volumeKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k'),
      vpc,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    }, stack);
    expect(request.LabelingJobAlgorithmsConfig).toEqual({
      LabelingJobAlgorithmSpecificationArn: algorithm('text-classification'),
      InitialActiveLearningModelArn: MODEL,
      LabelingJobResourceConfig: {
        VolumeKmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/k',
        VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: [{ Ref: expect.stringMatching(/PrivateSubnet1/) }, { Ref: expect.stringMatching(/PrivateSubnet2/) }] },
      },
    });
    expect(JSON.stringify(revision)).toContain('sg-1');
  });

  test('what the library adds is no part of the revision, what the user sets is', () => {
    const known = { known: true };
    expect(synthJob({}, known).revision).not.toHaveProperty('automatedLabeling');
    expect(synthJob({ input: enough(), automatedLabeling: {} }, known).revision).toMatchObject({ automatedLabeling: {} });
    const initialModelArn = MODEL;
    expect(synthJob({ input: enough(), automatedLabeling: { initialModelArn } }, known).revision).toMatchObject({ automatedLabeling: { initialModel: MODEL } });
    const stack = newStack();
    const { revision, template } = automated({ vpc: new ec2.Vpc(stack, 'Vpc') }, stack);
    expect(JSON.stringify(revision)).not.toContain('securityGroups');
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'Machines of automated labeling' });
  });
});

describe('the job\'s role', () => {
  const added = (automatedLabeling: groundtruth.AutomatedLabelingOptions, stack: Stack) => {
    const before = new Set(actionsOf(statementsOf(synthJob().template, 'JobRole')));
    const statements = statementsOf(automated(automatedLabeling, stack).template, 'JobRole');
    return statements.filter(({ Action }) => [Action].flat().some((action) => !before.has(action)));
  };

  test('may be passed on to SageMaker, by itself', () => {
    expect(added({}, newStack())).toEqual([{
      Action: 'iam:PassRole',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^JobRole/), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }]);
  });

  test('may use the volumes\' key', () => {
    const stack = newStack();
    const [, use] = added({ volumeKey: new kms.Key(stack, 'Volumes') }, stack);
    expect(use.Action).toContain('kms:CreateGrant');
    expect(use.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Volumes/), 'Arn'] });
  });

  test('may make interfaces in these subnets and groups only', () => {
    const stack = newStack();
    const [, create, use, look] = added({ vpc: new ec2.Vpc(stack, 'Vpc') }, stack);
    expect(create.Action).toBe('ec2:CreateNetworkInterface');
    expect(create.Resource).toHaveLength(4);
    expect(JSON.stringify(create.Resource)).toMatch(/network-interface\/\*.*:subnet\/.*PrivateSubnet1.*:security-group\/.*JobTrainingSecurityGroup/);
    expect(JSON.stringify(use.Resource)).toContain(':network-interface/*');
    expect(look.Resource).toBe('*');
    expect(look.Action.every((action: string) => /^ec2:(Describe|DeleteNetworkInterfacePermission)/.test(action))).toBe(true);
  });

  test('is there before the job, and so is the network with its endpoints', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } } });
    const [job] = Object.values(automated({ vpc }, stack).template.findResources('Custom::GroundTruthLabelingJob'));
    expect(job.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^VpcS3/), expect.stringMatching(/^JobRoleDefaultPolicy/)]));
  });
});

describe('is refused', () => {
  const refused = (overrides: (stack: Stack) => Partial<groundtruth.LabelingJobProps>, problem: RegExp) => {
    const stack = newStack();
    expect(() => new LabelingJob(stack, 'Job', jobProps(stack, { automatedLabeling: {}, input: enough(), ...overrides(stack) }))).toThrow(problem);
  };

  test('for another task type', () => {
    refused(() => ({ taskType: TaskType.multiLabelTextClassification() }), /'automatedLabeling' is for the task types ImageMultiClass, .*got TextMultiClassMultiLabel/);
  });

  test('for a stream', () => {
    refused((stack) => ({ input: InputManifest.streaming(new groundtruth.StreamIntake(stack, 'Intake')) }), /'automatedLabeling' must not be set for a stream/);
  });

  test('for too few objects', () => {
    refused(() => ({ input: enough(1249) }), /'automatedLabeling' needs at least 1250 data objects.*'input' has 1249/);
  });

  test('for too many labels of a segmentation', () => {
    const labels = LabelCategories.of(...Array.from({ length: 21 }, (_, index) => `label ${index}`));
    refused((stack) => ({ taskType: TaskType.semanticSegmentation(), labelAttributeName: 'a-ref', labels, input: images(stack) }), /has 21 labels.*at most 20/);
  });

  test('with a model that is none', () => {
    refused(() => ({ automatedLabeling: { initialModelArn: 'arn:aws:s3:::b/model.tar.gz' } }), /'automatedLabeling.initialModelArn' must be like .*got "arn:aws:s3/);
  });

  test('with subnets and groups of no network', () => {
    refused((stack) => ({
      automatedLabeling: { vpcSubnets: {}, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-1')] },
    }), /vpcSubnets' needs 'vpc'[^]*securityGroups' needs 'vpc'/);
  });

  test('with too many or too few groups and subnets', () => {
    const groups = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => ec2.SecurityGroup.fromSecurityGroupId(stack, `G${index}`, `sg-${index}`));
    refused((stack) => ({ automatedLabeling: { vpc: new ec2.Vpc(stack, 'Vpc'), securityGroups: groups(stack, 6) } }), /1 to 5 groups, got 6/);
    refused((stack) => ({ automatedLabeling: { vpc: new ec2.Vpc(stack, 'Vpc'), securityGroups: [] } }), /1 to 5 groups, got 0/);
    const subnetIds = Array.from({ length: 17 }, (_, index) => `subnet-${index}`);
    const vpc = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: subnetIds, privateSubnetIds: subnetIds });
    refused((stack) => ({ automatedLabeling: { vpc: vpc(stack) } }), /'automatedLabeling.vpcSubnets' must select 1 to 16 subnets, got 17/);
  });

  test('in a network with a public team', () => {
    const team = (stack: Stack) => Workteam.fromWorkteamArn(stack, 'Crowd', 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default');
    refused((stack) => ({ automatedLabeling: { vpc: new ec2.Vpc(stack, 'Vpc') }, workteam: team(stack) }), /'automatedLabeling.vpc' needs a private or vendor team/);
  });
});

describe('in a fleet', () => {
  test('jobs share what the fleet says, and the role may do it', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const { head, members, template } = synthFleet({
      automatedLabeling: { vpc },
      jobs: FleetJobs.declared({ a: { input: enough() }, b: { input: enough(1300), automatedLabeling: { initialModelArn: MODEL } } }),
    }, stack);
    const found = [head.request, ...members.map(({ request }) => request)].map((request) => request?.LabelingJobAlgorithmsConfig);
    expect(found[0].LabelingJobAlgorithmSpecificationArn).toContain(':027400017018:labeling-job-algorithm-specification/text-classification');
    expect(JSON.stringify(found)).toContain(MODEL);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    expect(actionsOf(statementsOf(template, 'FleetRole')).filter((action) => action === 'iam:PassRole')).toHaveLength(1);
  });

  test('a dataset\'s jobs have it', () => {
    const stack = newStack();
    fleetOf(stack, { automatedLabeling: {}, jobs: FleetJobs.split(FleetData.fromManifest(enough())) });
    expect(specificationOf(stack).head.request.LabelingJobAlgorithmsConfig).toBeDefined();
    expect(actionsOf(statementsOf(Template.fromStack(stack), 'FleetRole'))).toContain('iam:PassRole');
  });

  test('parts that are all too small are refused', () => {
    expect(() => fleetOf(newStack(), { automatedLabeling: {}, jobs: FleetJobs.split(FleetData.fromManifest(enough()), { maxObjectsPerJob: 1249 }) }))
      .toThrow(/'maxObjectsPerJob' must be at least 1250 with 'automatedLabeling', got 1249/);
  });
});
