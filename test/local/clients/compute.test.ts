import { aws, python, testWith } from './python';
import { type ServeProcess, startServe } from './serve-for-tests';

let served: ServeProcess;

beforeAll(async () => { served = await startServe(); });

afterAll(() => served.stop());

testWith('boto3', 'SNS, SQS, EventBridge, Lambda, Step Functions, CloudWatch, Logs', async () => {
  const found = await python(served, 'compute');
  expect(found).toEqual({
    published: expect.any(String),
    envelope: expect.objectContaining({ Type: 'Notification', MessageId: found.published, Message: 'höllo', MessageAttributes: { raw: { Type: 'Binary', Value: 'AQ==' } } }),
    receives: '1',
    direct: [1],
    tags: [{ made: 'here' }, [{ Key: 'made', Value: 'here' }]],
    batch: [['a'], [['b', 'InvalidParameter']]],
    events: [1, [null, 'NotAuthorizedForSourceException']],
    invoked: [200, { a: 1 }],
    url: [[200, '/path', '{}'], [403], 1],
    logged: ['seen'],
    sums: [1.5],
    execution: 'SUCCEEDED',
    refused: {
      topic: ['NotFoundException', 'NotFound', 404],
      protocol: ['InvalidParameterException', 'InvalidParameter', 400],
      queue: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 400],
      rule: ['ResourceNotFoundException', 'ResourceNotFoundException', 400],
      function: ['ResourceNotFoundException', 'ResourceNotFoundException', 404],
      machine: ['StateMachineDoesNotExist', 'StateMachineDoesNotExist', 400],
      group: ['ResourceNotFoundException', 'ResourceNotFoundException', 400],
      alarm: ['ResourceNotFound', 'ResourceNotFound', 404],
    },
  });
});

// version 1 of the CLI has SQS addresses of its own and passes AWS_ENDPOINT_URL by
const sqs = (...argumentsOf: string[]) => aws(served, 'sqs', ...argumentsOf, '--endpoint-url', served.endpoint);

testWith('the AWS CLI', 'SNS and SQS', async () => {
  const { QueueUrl } = await sqs('create-queue', '--queue-name', 'from-cli');
  const { TopicArn } = await aws(served, 'sns', 'create-topic', '--name', 'from-cli');
  await aws(served, 'sns', 'subscribe', '--topic-arn', TopicArn, '--protocol', 'sqs', '--notification-endpoint', 'arn:aws:sqs:us-east-1:123456789012:from-cli', '--attributes', 'RawMessageDelivery=true');
  await aws(served, 'sns', 'publish', '--topic-arn', TopicArn, '--message', 'from the command line');
  const { Messages } = await sqs('receive-message', '--queue-url', QueueUrl);
  expect(Messages.map(({ Body }: { Body: string }) => Body)).toEqual(['from the command line']);
  await expect(sqs('get-queue-url', '--queue-name', 'none')).rejects.toThrow('NonExistentQueue');
});
