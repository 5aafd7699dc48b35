import { CreateBucketCommand, PutBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListStateMachinesCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Lifecycle } from './harness';
import { groundtruth, LabelCategories } from '../../src';

/** Images that arrive under a prefix, with and without a deployment; nobody labels. */
let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
  await life.s3.send(new CreateBucketCommand({ Bucket: 'images' }));
  await life.s3.send(new PutBucketCorsCommand({
    Bucket: 'images', CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ExposeHeaders: ['Access-Control-Allow-Origin'] }] },
  }));
  await put('in/1.png', 'in/2.png');
});
afterEach(() => life.stop());

async function put(...keys: string[]): Promise<void> {
  for (const Key of keys) await life.s3.send(new PutObjectCommand({ Bucket: 'images', Key, Body: 'an image' }));
}

function declare(growth: groundtruth.DataGrowth): (stack: Stack) => void {
  return (stack) => {
    const images = s3.Bucket.fromBucketName(stack, 'Images', 'images');
    new groundtruth.JobFleet(stack, 'Cats', {
      jobs: groundtruth.FleetJobs.split(groundtruth.FleetData.fromPrefix(images, 'in/', { growth })),
      taskType: groundtruth.TaskType.imageClassification(),
      labels: LabelCategories.of('cat', 'dog'),
      workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
    });
  };
}

/** As the command in the stack's outputs does, or a schedule. */
async function wake(): Promise<void> {
  const sfn = new SFNClient({ endpoint: life.engine.endpoint, region: 'us-east-1', credentials: { accessKeyId: life.engine.core.root.accessKeyId, secretAccessKey: 'x' } });
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines.find(({ name }) => name!.includes('Cats'))!;
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  const status = async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
  await life.until('the execution to end', async () => await status() !== 'RUNNING');
  expect(await status()).toBe('SUCCEEDED');
}

/** Objects of all jobs together. */
async function objects(): Promise<number> {
  const names = Object.keys(await life.jobs());
  const jobs = await Promise.all(names.map((name) => life.describe(name)));
  return jobs.reduce((sum, { LabelCounters }) => sum + LabelCounters!.TotalLabeled! + LabelCounters!.Unlabeled!, 0);
}

test('increments: whoever wakes the fleet makes it label what is new, and only that', async () => {
  await life.deploy(declare(groundtruth.DataGrowth.INCREMENTS));
  await put('in/3.png', 'in/4.png', 'in/5.png');
  await wake();
  await life.until('two jobs to run', async () => Object.values(await life.jobs()).filter((status) => status === 'InProgress').length === 2);
  expect(await objects()).toBe(5);
  await wake();
  expect(Object.keys(await life.jobs())).toHaveLength(2);
});

test('a snapshot: what comes later is not labeled', async () => {
  await life.deploy(declare(groundtruth.DataGrowth.SNAPSHOT));
  await put('in/3.png');
  await wake();
  expect(Object.keys(await life.jobs())).toHaveLength(1);
});
