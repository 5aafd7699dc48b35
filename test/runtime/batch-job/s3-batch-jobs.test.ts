import { CreateJobCommand, DescribeJobCommand, JobDescriptor, S3ControlClient } from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import { S3BatchJobs } from '../../../runtime/batch-job/s3-batch-jobs';

const client = mockClient(S3ControlClient);
const jobs = new S3BatchJobs(new S3ControlClient({}), '111122223333', () => 0);

beforeEach(() => client.reset());

async function described(job: Partial<JobDescriptor>) {
  client.on(DescribeJobCommand).resolves({ Job: { JobId: 'id-1', JobArn: 'arn', CreationTime: new Date(0), ...job } });
  return jobs.describe('id-1');
}

test('times are sent as times, but not arguments and metadata that are called like them', async () => {
  client.on(CreateJobCommand).resolves({ JobId: 'id-1' });
  const common = { ClientRequestToken: 'token', Description: 'text', Tags: [] };
  const UserArguments = { CreatedAfter: 'Tuesday' };
  const NewObjectMetadata = { UserMetadata: { RetainUntilDate: 'never' }, HttpExpiresDate: '2030-01-02T00:00:00.000Z' };
  await jobs.create({ ...common, Operation: { LambdaInvoke: { UserArguments }, S3PutObjectCopy: { NewObjectMetadata } } });
  expect(client.commandCalls(CreateJobCommand)[0].args[0].input.Operation).toEqual({
    LambdaInvoke: { UserArguments },
    S3PutObjectCopy: { NewObjectMetadata: { ...NewObjectMetadata, HttpExpiresDate: new Date('2030-01-02') } },
  });
});

test('why a job was confirmed is no reason of a failure; why it was cancelled, or has failed, is one', async () => {
  expect(await described({ Status: 'Complete', StatusUpdateReason: 'looks good' })).toMatchObject({ failureReason: undefined });
  expect(await described({ Status: 'Cancelled', StatusUpdateReason: 'too dear' })).toMatchObject({ failureReason: 'too dear' });
  const FailureReasons = [{ FailureCode: '400', FailureReason: 'forbidden' }];
  expect(await described({ Status: 'Failed', StatusUpdateReason: 'looks good', FailureReasons })).toMatchObject({ failureReason: '400: forbidden' });
});
