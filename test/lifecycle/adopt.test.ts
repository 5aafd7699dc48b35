import { GetObjectCommand } from '@aws-sdk/client-s3';
import { aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { declareFailure, declareJob, Lifecycle } from './harness';
import { groundtruth, LabelCategories } from '../../src';

/** A job that a script made runs already, and a stack takes it over. */
const THEIRS = 'made-by-a-script';

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
  // one of ours shows what a valid task looks like
  await life.deploy((stack) => declareJob(stack));
  const [name] = Object.keys(await life.jobs());
  await life.createForeignJob(THEIRS, await life.describe(name));
  await life.destroy();
});
afterEach(() => life.stop());

test('it goes on under its own name, with its owner in its tags, and is left running when the stack goes', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareAdopted(stack));

  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(Object.values(Life.outputs)).toEqual(expect.arrayContaining([THEIRS]));
  expect((await life.jobs())[THEIRS]).toBe('InProgress');
  expect(await owner()).toMatchObject({ 'cdk-labeling-workflows:logical-id': expect.stringContaining('Adopted') });

  await life.destroy();

  expect((await life.jobs())[THEIRS]).toBe('InProgress');
  expect(await owner()).toMatchObject({ 'cdk-labeling-workflows:released': 'true' });
});

test('another stack may take it over once it was released, and not before', async () => {
  await life.deploy((stack) => declareAdopted(stack));

  const { stacks: { Life: refused } } = await life.deploy((stack) => {
    declareAdopted(stack);
    declareAdopted(stack, {}, 'Second');
  });
  expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(refused.reason).toMatch(/made-by-a-script belongs to the resource Adopted/);

  await life.destroy();
  const { stacks: { Life } } = await life.deploy((stack) => declareAdopted(stack, {}, 'Second'));
  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(await owner()).toMatchObject({ 'cdk-labeling-workflows:logical-id': expect.stringContaining('Second') });
  expect(await owner()).not.toHaveProperty(['cdk-labeling-workflows:released']);
});

test('labels of another meaning are refused with every field, and the job is not touched', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareAdopted(stack, { labelAttributeName: 'verdict', labels: LabelCategories.of('a', 'b') }));

  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect(Life.reason).toMatch(/LabelAttributeName: declared "verdict", is "label"/);
  expect(Life.reason).toMatch(/LabelCategoryConfigS3Uri: declared/);
  expect(await owner()).toEqual({});
  expect((await life.jobs())[THEIRS]).toBe('InProgress');
});

test('other work is drift, counted and written down beside the ledger', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareAdopted(stack, { title: 'Another title', workersPerDataObject: 2 }));

  expect(Life.status).toBe('CREATE_COMPLETE');
  const [count] = Object.values(Life.outputs).filter((value) => /^drift: /.test(value));
  const [bucket] = Object.values(Life.outputs).filter((value) => /labelingstate/.test(value));
  const key = (await life.keys(bucket)).find((each) => each.endsWith('/drift.json'))!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const { drift } = JSON.parse(await Body!.transformToString());
  expect(count).toBe(`drift: ${drift.length}`);
  expect(drift).toEqual(expect.arrayContaining([
    expect.objectContaining({ field: 'HumanTaskConfig.TaskTitle', declared: 'Another title', kind: 'work' }),
    expect.objectContaining({ field: 'HumanTaskConfig.NumberOfHumanWorkersPerDataObject', declared: 2, actual: 3, kind: 'work' }),
  ]));
  expect((await life.jobs())[THEIRS]).toBe('InProgress');
});

test('a later change of settings stops it, and the next generation reads what it left', async () => {
  await life.deploy((stack) => declareAdopted(stack));
  const { stacks: { Life } } = await life.deploy((stack) => declareAdopted(stack, { title: 'Another title' }));

  expect(Life.status).toBe('UPDATE_COMPLETE');
  const { [THEIRS]: former, ...others } = await life.jobs();
  expect(former).toBe('Stopped');
  expect(Object.entries(others).filter(([name, status]) => name.endsWith('-r2') && status === 'InProgress')).toHaveLength(1);
});

test('an adoption that is rolled back by another resource gives the job back', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareAdopted(stack), true));

  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect((await life.jobs())[THEIRS]).toBe('InProgress');
  expect(await owner()).toMatchObject({ 'cdk-labeling-workflows:released': 'true' });
});

async function owner(): Promise<Record<string, string>> {
  return life.tags((await life.describe(THEIRS)).LabelingJobArn!);
}

function declareAdopted(stack: Stack, props: Partial<groundtruth.LabelingJobProps> = {}, id = 'Adopted'): groundtruth.LabelingJob {
  const bucket = stack.node.tryFindChild('Theirs') as s3.IBucket | undefined ?? s3.Bucket.fromBucketName(stack, 'Theirs', 'foreign');
  const job = declareJob(stack, {
    id,
    props: {
      adopt: THEIRS,
      input: groundtruth.InputManifest.fromBucket(bucket, 'input.manifest'),
      labels: LabelCategories.of('yes', 'no'),
      outputBucket: bucket,
      outputPrefix: 'output',
      ...props,
    },
  });
  stack.exportValue(job.labelingJobName, { name: `${id}Name` });
  stack.exportValue(`drift: ${job.drift}`, { name: `${id}Drift` });
  if (id === 'Adopted') stack.exportValue((stack.node.findChild('LabelingState') as s3.Bucket).bucketName, { name: 'State' });
  return job;
}
