import { CancelUpdateStackCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Handler } from './handler';
import { declareJob, Lifecycle } from './harness';

/** CancelUpdateStack while the job's waiter polls: CloudFormation stops listening, the waiter does not. */
let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
  await life.deploy((stack) => declareJob(stack));
});
afterEach(() => life.stop());

test('cancelled before the job could be stopped: it runs on, and the late waiter changes nothing', async () => {
  await life.fault({
    service: 'sagemaker', operation: 'StopLabelingJob', when: 'before', error: { code: 'ThrottlingException', message: 'Rate exceeded', statusCode: 400 }, times: 10_000,
  });
  const update = life.deploy((stack) => declareJob(stack, { props: { title: 'Another title' } }));
  await life.until('a try to stop the job', async () => (await life.calls('sagemaker', 'StopLabelingJob')).length > 0);

  await cancelUpdate();
  const { stacks: { Life } } = await update;
  await life.clearFaults();
  await (await Handler.of(life)).idle();

  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('cancelled after the job was stopped: the former settings go on with what is left', async () => {
  await life.fault({
    service: 'sagemaker', operation: 'CreateLabelingJob', when: 'before', error: { code: 'ThrottlingException', message: 'Rate exceeded', statusCode: 400 }, times: 10_000,
  });
  const update = life.deploy((stack) => declareJob(stack, { props: { title: 'Another title' } }));
  // the first call made the job
  await life.until('a try to make the next job', async () => (await life.calls('sagemaker', 'CreateLabelingJob')).length > 1);

  await cancelUpdate();
  await life.clearFaults();
  const { stacks: { Life } } = await update;
  await (await Handler.of(life)).idle();

  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  // the late waiter may have made a job before the rollback came: that one has been stopped again
  const running = Object.entries(await life.jobs()).filter(([, status]) => status !== 'Stopped');
  expect(running).toEqual([[expect.not.stringMatching(/-r1$/), 'InProgress']]);
  expect((await life.describe(running[0][0])).HumanTaskConfig!.TaskTitle).not.toBe('Another title');
});

async function cancelUpdate(): Promise<void> {
  const { endpoint, core: { root } } = life.engine;
  const client = new CloudFormationClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: root.accessKeyId, secretAccessKey: 'x' } });
  await client.send(new CancelUpdateStackCommand({ StackName: 'Life' }));
}
