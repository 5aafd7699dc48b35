import { GetObjectCommand } from '@aws-sdk/client-s3';
import { aws_kms as kms, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import { declareJob, Lifecycle } from './harness';
import { groundtruth } from '../../src';

/** What the constructs render, every property of it, through CloudFormation's strings into the shipped bundles and on to the service. */
let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
});
afterEach(() => life.stop());

test('every property of a job arrives at the service', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => {
    declareJob(stack, {
      props: {
        labelAttributeName: 'verdict',
        outputPrefix: 'some/where',
        outputKey: new kms.Key(stack, 'Key'),
        title: 'Title — with an em dash and "quotes"',
        description: 'Description',
        keywords: ['mail', 'two words'],
        workersPerDataObject: 5,
        taskTimeLimit: Duration.minutes(2),
        taskAvailabilityLifetime: Duration.days(3),
        maxConcurrentTaskCount: 77,
        contentClassifiers: [groundtruth.ContentClassifier.FREE_OF_ADULT_CONTENT],
        maxHumanLabeledObjectCount: 1,
        maxPercentageOfInputDatasetLabeled: 50,
        attempt: 2,
      },
    });
  });

  expect(Life.status).toBe('CREATE_COMPLETE');
  const [name] = Object.keys(await life.jobs());
  const job = await life.describe(name);
  expect(job).toMatchObject({
    LabelAttributeName: 'verdict',
    OutputConfig: { S3OutputPath: expect.stringMatching(/\/some\/where$/), KmsKeyId: expect.stringContaining('key/') },
    InputConfig: { DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] } },
    StoppingConditions: { MaxHumanLabeledObjectCount: 1, MaxPercentageOfInputDatasetLabeled: 50 },
    HumanTaskConfig: {
      TaskTitle: 'Title — with an em dash and "quotes"',
      TaskDescription: 'Description',
      TaskKeywords: ['mail', 'two words'],
      NumberOfHumanWorkersPerDataObject: 5,
      TaskTimeLimitInSeconds: 120,
      TaskAvailabilityLifetimeInSeconds: 259_200,
      MaxConcurrentTaskCount: 77,
    },
  });
});

test('a custom task runs the user\'s own Lambdas, and their labels are in the output', async () => {
  await life.stop();
  life = await Lifecycle.start({ annotators: 'on' });
  const { stacks: { Life } } = await life.deploy((stack) => {
    const job = declareJob(stack, { props: { taskType: customTask(stack), labelAttributeName: 'rating' } });
    stack.exportValue(job.outputDatasetS3Uri, { name: 'Output' });
  });

  expect(Life.status).toBe('CREATE_COMPLETE');
  const [name] = Object.keys(await life.jobs());
  expect(await life.ended(name)).toMatchObject({ LabelingJobStatus: 'Completed', LabelCounters: { TotalLabeled: 2 } });
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(Object.values(Life.outputs)[0])!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  const lines = (await Body!.transformToString()).trim().split('\n').map((line) => JSON.parse(line));
  expect(lines.map((line) => line.rating.answers)).toEqual([3, 3]);
});

test('an inventory counts by its filters, and its record holds the jobs', async () => {
  const declare = (stack: Stack) => {
    const jobs = [declareJob(stack, { id: 'First' }), declareJob(stack, { id: 'Second' })];
    const inventory = new groundtruth.LabelingJobInventory(stack, 'Inventory', {
      jobs,
      nameContains: 'second',
      statusEquals: groundtruth.LabelingJobStatus.IN_PROGRESS,
      creationTimeAfter: new Date('2020-01-01T00:00:00Z'),
      sortBy: groundtruth.InventorySortBy.NAME,
      sortOrder: groundtruth.InventorySortOrder.DESCENDING,
      pageSize: 1,
      maxItems: 5,
    });
    stack.exportValue(inventory.recordUri, { name: 'Record' });
  };

  const { stacks: { Life } } = await life.deploy(declare);

  expect(Life.status).toBe('CREATE_COMPLETE');
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(Object.values(Life.outputs)[0])!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  const jobs = (await Body!.transformToString()).trim().split('\n').map((line) => JSON.parse(line));
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({ LabelingJobName: expect.stringContaining('second'), LabelingJobStatus: 'InProgress' });

  await life.destroy();
  await expect(life.s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toThrow();
});

/** A task of three answers, whose Lambdas hand the text on and count the answers. */
function customTask(stack: Stack): groundtruth.TaskType {
  const inline = (id: string, code: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline(code), timeout: Duration.seconds(30),
  });
  return groundtruth.TaskType.custom({
    template: groundtruth.WorkerTemplate.fromString(`<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
      <crowd-form><p>{{ task.input.text }}</p><crowd-input name="comment" required></crowd-input></crowd-form>`),
    preAnnotation: inline('Pre', 'exports.handler = async ({ dataObject }) => ({ taskInput: { text: dataObject.source } });'),
    consolidation: inline('Post', `
      const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3');
      exports.handler = async ({ payload, labelAttributeName }) => {
        const [, Bucket, Key] = /^s3:\\/\\/([^/]+)\\/(.+)$/.exec(payload.s3Uri);
        const { Body } = await new S3Client({ forcePathStyle: true }).send(new GetObjectCommand({ Bucket, Key }));
        return JSON.parse(await Body.transformToString()).map(({ datasetObjectId, annotations }) => ({
          datasetObjectId, consolidatedAnnotation: { content: { [labelAttributeName]: { answers: annotations.length } } },
        }));
      };`),
  });
}
