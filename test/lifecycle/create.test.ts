import { Tags } from 'aws-cdk-lib';
import { declareFailure, declareJob, Lifecycle } from './harness';

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
});
afterEach(() => life.stop());

test('a created job runs, is owned by its tags and shows in the attributes', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => {
    Tags.of(stack).add('team', 'mail');
    const job = declareJob(stack);
    stack.exportValue(job.labelingJobName, { name: 'Name' });
    stack.exportValue(job.labelingJobStatus, { name: 'Status' });
  });

  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
  const [name] = Object.keys(await life.jobs());
  expect(Object.values(Life.outputs).sort()).toEqual([name, 'InProgress'].sort());
  const { LabelingJobArn } = await life.describe(name);
  expect(await life.tags(LabelingJobArn!)).toMatchObject({
    'team': 'mail',
    'cdk-labeling-workflows:logical-id': expect.stringContaining('Mails'),
    'cdk-labeling-workflows:generation': '1',
  });
});

test('an answer lost after the service accepted the job leads to one job', async () => {
  const error = { code: 'InternalFailure', message: 'lost', statusCode: 500 };
  await life.fault({ service: 'sagemaker', operation: 'CreateLabelingJob', when: 'after', error, times: 1 });

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack));

  // the next try hears that the name is taken, looks at the job's owner and finds its own
  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a crash after the service accepted the job leaves no job that nobody owns', async () => {
  await life.fault({ service: 'sagemaker', operation: 'CreateLabelingJob', when: 'after', crash: true, times: 1 });

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack));

  // CDK's framework fails the resource when the handler's process dies; the Delete that follows finds the job by its ledger
  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

test('throttled calls are tried again and never fail the deployment', async () => {
  for (const operation of ['ListLabelingJobs', 'CreateLabelingJob', 'DescribeLabelingJob']) {
    await life.fault({ service: 'sagemaker', operation, when: 'before', error: { code: 'ThrottlingException', message: 'Rate exceeded', statusCode: 400 }, times: 8 });
  }

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack));

  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a refusal reaches the terminal with the service\'s own words, and nothing is left', async () => {
  await life.fault({
    service: 'sagemaker',
    operation: 'CreateLabelingJob',
    when: 'before',
    error: { code: 'ResourceLimitExceeded', message: 'The account-level service limit is 0', statusCode: 400 },
    times: 99,
  });

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack));

  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect(Life.reason).toContain('The account-level service limit is 0');
  expect(Life.reason).toMatch(/quota/i);
  expect(await life.jobs()).toEqual({});
});

test('a create that is rolled back by another resource leaves no job running', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareJob(stack), true));

  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect(Life.reason).toContain('failed on demand');
  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

test('a name that belongs to somebody else is an error, and their job is not touched', async () => {
  // the same seed gives the stack the same id, and so the job the same name
  await life.deploy((stack) => declareJob(stack));
  const [name] = Object.keys(await life.jobs());
  const ours = await life.describe(name);
  await life.stop();
  life = await Lifecycle.start();
  await life.createForeignJob(name, ours);

  const { stacks: { Life } } = await life.deploy((stack) => declareJob(stack));

  expect(Life.status).toBe('ROLLBACK_COMPLETE');
  expect(Life.reason).toContain(name);
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});
