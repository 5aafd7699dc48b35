import { aws_ec2 as ec2, aws_kms as kms } from 'aws-cdk-lib';
import { declareFleet, declareJob, Lifecycle } from './harness';
import { groundtruth } from '../../src';

const { FleetData, FleetJobs, InputManifest } = groundtruth;

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start({ annotators: 'on' });
});
afterEach(() => life.stop());

/** The sample, and one more. */
const PEOPLES = 251;
const mails = (count: number) => Array.from({ length: count }, (_, index) => ({ source: `Mail ${index}` }));

test('the role may train, with a key and in a network of the user\'s, and the trained model is told of', async () => {
  const deploy = (attempt?: number) => life.deploy((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'], privateSubnetIds: ['subnet-1'] });
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
    const automatedLabeling = { vpc, securityGroups, volumeKey: new kms.Key(stack, 'Volumes') };
    const props = { workersPerDataObject: 1, automatedLabeling, attempt, maxHumanLabeledObjectCount: PEOPLES };
    const job = declareJob(stack, { records: mails(1250), props });
    stack.exportValue(job.finalActiveLearningModelArn, { name: 'Model' });
  });
  await deploy();
  const [name] = Object.keys(await life.jobs());

  const job = await life.ended(name);

  expect(job).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { HumanLabeled: PEOPLES } });
  expect(job.LabelCounters!.MachineLabeled).toBeGreaterThan(500);
  expect(job.LabelingJobAlgorithmsConfig!.LabelingJobResourceConfig!.VpcConfig).toEqual({ Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] });
  const { stacks: { Life } } = await deploy(1);
  expect(Object.values(Life.outputs)).toContain(`arn:aws:sagemaker:us-east-1:123456789012:model/${name}`);
  expect(Object.keys(await life.jobs())).toEqual([name]);
});

test('a part of a dataset that is too small for a model to learn from is left to people', async () => {
  await life.deploy((stack) => declareFleet(stack, [], {
    automatedLabeling: {}, workersPerDataObject: 1, jobs: FleetJobs.split(FleetData.fromManifest(InputManifest.fromRecords(mails(20)))),
  }));
  await life.until('a job', async () => Object.keys(await life.jobs()).length === 1);
  const [name] = Object.keys(await life.jobs());

  const job = await life.ended(name);

  expect(job).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { HumanLabeled: 20, MachineLabeled: 0 } });
  expect(job.LabelingJobAlgorithmsConfig).toBeUndefined();
});
