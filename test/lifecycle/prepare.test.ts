import { GetObjectCommand, GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lifecycle } from './harness';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, s3batch } from '../../src';

/** Objects of an archive: archived, at hand under a key that has to be encoded, one that the function refuses, one that is not there. */
const RECORDS = ['cold.jpg', 'at hand+ü.jpg', 'bad.jpg', 'missing.jpg'].map((key, number) => ({ 'source-ref': `s3://archive/${key}`, number }));

const FUNCTION = `
  const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
  const s3 = new S3Client({ forcePathStyle: true });
  exports.handler = async ({ bucket, key, arguments: { folder } }) => {
    if (key.includes('bad')) throw new RangeError('no image');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const text = await Body.transformToString();
    const to = folder + '/' + key.split('/').pop();
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: to, Body: text.toUpperCase() }));
    return { 'source-ref': 's3://' + bucket + '/' + to, 'characters': text.length };
  };`;

let life: Lifecycle;
let bucket: string;
let output: Record<string, string>;

beforeEach(async () => {
  life = await Lifecycle.start({ annotators: 'on' });
  const { core } = life.engine;
  await core.call('s3', 'CreateBucket', { Bucket: 'archive' });
  for (const { 'source-ref': uri } of RECORDS.slice(0, 3)) {
    const Key = uri.slice('s3://archive/'.length);
    await core.call('s3', 'PutObject', { Bucket: 'archive', Key, Body: Buffer.from(`body of ${Key}`), ...(Key === 'cold.jpg' && { StorageClass: 'GLACIER' }) });
  }
});
afterEach(() => life.stop());

function declare(stack: Stack, more: { readonly records?: typeof RECORDS } = {}): LabelingWorkflow {
  const upperCase = new lambda.Function(stack, 'UpperCase', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline(FUNCTION), timeout: Duration.seconds(10),
  });
  const { DataPreparation, GlacierJobTier, ChecksumAlgorithm } = s3batch;
  const workflow = new LabelingWorkflow(stack, 'Images', {
    backend: LabelingBackend.groundTruth({
      taskType: groundtruth.TaskType.imageClassification(),
      workteam: groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers'),
      outputBucket: new groundtruth.LabelingBucket(stack, 'Labels'),
    }),
    labels: LabelCategories.of('cat', 'dog'),
    input: LabelingInput.fromRecords([...more.records ?? RECORDS], { dataBuckets: [s3.Bucket.fromBucketName(stack, 'Archive', 'archive')] }),
    prepare: [
      DataPreparation.restore({ expiration: Duration.days(2), glacierJobTier: GlacierJobTier.STANDARD }),
      DataPreparation.copy(),
      DataPreparation.forEachObject(new s3batch.ObjectFunction(stack, 'Upper', { lambdaFunction: upperCase }), { userArguments: { folder: 'upper' } }),
      DataPreparation.checksum({ checksumAlgorithm: ChecksumAlgorithm.SHA256 }),
    ],
    tagLabeledObjects: { labeled: 'yes' },
  });
  new CfnOutput(stack, 'LabelBucket', { value: workflow.bucket.bucketName });
  new CfnOutput(stack, 'Status', { value: workflow.groundTruthJob.labelingJobStatus });
  new CfnOutput(stack, 'Input', { value: workflow.inputUri });
  new CfnOutput(stack, 'SummaryUri', { value: workflow.preparedData!.summaryUri });
  return workflow;
}

async function deploy(...given: Parameters<typeof declare> extends [Stack, ...infer More] ? More : never): Promise<string> {
  const { stacks: { Life } } = await life.deploy((stack) => declare(stack, ...given));
  output = Life.outputs;
  bucket = output.LabelBucket;
  return `${Life.status} ${Life.reason ?? ''}`.trim();
}

const named = (name: string) => Object.entries(output).find(([key]) => key.includes(name))![1];

async function lines(uri: string): Promise<Array<Record<string, unknown>>> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body!.transformToString()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

test('objects are restored, copied, handled and fingerprinted, then labeled and tagged; what fails is reported', async () => {
  expect(await deploy()).toBe('CREATE_COMPLETE');
  const job = named('JobName');
  expect(job).toMatch(/-r1$/);

  await life.until('the job is there', async () => Object.keys(await life.jobs()).length > 0);
  expect(Object.keys(await life.jobs())).toEqual([job]);
  const { LabelingJobStatus, FailureReason } = await life.ended(job);
  expect([LabelingJobStatus, FailureReason]).toEqual(['Completed', undefined]);

  const labels = await life.labels(job);
  expect(labels.map((line) => [line.number, line['source-ref'], line.characters])).toEqual([
    [0, `s3://${bucket}/upper/cold.jpg`, 'body of cold.jpg'.length], [1, `s3://${bucket}/upper/at hand+ü.jpg`, 'body of at hand+ü.jpg'.length],
  ]);
  expect(labels[0].checksum).toMatchObject({ algorithm: 'SHA256', hex: expect.stringMatching(/^[0-9a-f]{64}$/i) });
  expect(await lines(named('Unprepared'))).toEqual([
    { 'line': 4, 'step': 'restore', 'source-ref': 's3://archive/missing.jpg', 'reason': expect.stringMatching(/NoSuchKey/) },
    { 'line': 3, 'step': 'function', 'source-ref': `s3://${bucket}/data/bad.jpg`, 'reason': expect.stringContaining('RangeError: no image') },
  ]);
  expect((await lines(named('SummaryUri')))[0]).toMatchObject({ prepared: 2, failed: 2 });

  const tagsOf = async (Key: string) => (await life.s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key }))).TagSet;
  await life.until('the labeled objects are tagged', async () => (await tagsOf('upper/cold.jpg'))!.length > 0);
  expect(await tagsOf('upper/at hand+ü.jpg')).toEqual([{ Key: 'labeled', Value: 'yes' }]);
  expect(await tagsOf('data/bad.jpg')).toEqual([]);
});

test('what is removed while it prepares: the execution is stopped, the job cancelled, and no labeling begins', async () => {
  await life.control('clock', { paused: true });
  const deployment = deploy();
  const settled = async () => Promise.race([deployment.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 20))]);
  const { core } = life.engine;
  while (!await settled()) await life.control('clock', { advanceSeconds: 10 });
  expect(await deployment).toBe('CREATE_COMPLETE');
  const inAccount = async (operation: string, input: object, service = 's3control') => core.call(service, operation, { AccountId: '123456789012', ...input });
  await life.until('the restore has begun', async () => {
    await life.control('clock', { advanceSeconds: 1 });
    return (await inAccount('ListJobs', {})).Jobs.length > 0;
  });
  await life.control('clock', { paused: false });

  expect((await life.destroy()).stacks.Life.status).toBe('DELETE_COMPLETE');
  const { Jobs } = await inAccount('ListJobs', {});
  expect(Jobs.map(({ Status }: { Status: string }) => Status)).toEqual([expect.stringMatching(/^(Cancelled|Complete)$/)]);
  expect(await life.jobs()).toEqual({});
});
