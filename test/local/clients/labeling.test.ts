import { aws, python, testWith } from './python';
import { type ServeProcess, startServe } from './serve-for-tests';

let served: ServeProcess;

beforeAll(async () => { served = await startServe(); });

afterAll(() => served.stop());

testWith('boto3', 'a labeling job with functions of its own, listed page by page', async () => {
  expect(await python(served, 'labeling')).toEqual({
    status: 'Completed',
    counters: { TotalLabeled: 2, HumanLabeled: 2, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 1 },
    labels: [{ answers: 2 }, null, { answers: 2 }],
    listed: [['First', 'second'], ['third']],
    message: ['hello', { ApproximateReceiveCount: '1' }],
    refused: {
      taken: ['ResourceInUse', 400],
      reference: ['ValidationException', 400],
      absent: ['ResourceNotFound', 400],
      ended: ['ValidationException', 400],
    },
  });
});

testWith('the AWS CLI', 'labeling jobs and queues', async () => {
  await expect(aws(served, 'sagemaker', 'describe-labeling-job', '--labeling-job-name', 'nobody')).rejects.toThrow('(ResourceNotFound)');
  expect(await aws(served, 'sagemaker', 'list-labeling-jobs', '--name-contains', 'nobody')).toEqual({ LabelingJobSummaryList: [] });
  // without --endpoint-url version 1 of the CLI takes SQS's old host names, whatever AWS_ENDPOINT_URL says
  const onEngine = (...command: string[]) => aws(served, 'sqs', ...command, '--endpoint-url', served.endpoint);
  const { QueueUrl } = await onEngine('create-queue', '--queue-name', 'from-cli');
  await onEngine('send-message', '--queue-url', QueueUrl, '--message-body', 'hi');
  expect(await onEngine('receive-message', '--queue-url', QueueUrl, '--attribute-names', 'ApproximateReceiveCount'))
    .toMatchObject({ Messages: [{ Body: 'hi', Attributes: { ApproximateReceiveCount: '1' } }] });
});
