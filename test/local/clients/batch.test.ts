import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { aws, python, testWith } from './python';
import { type ServeProcess, startServe } from './serve-for-tests';

let served: ServeProcess;

beforeAll(async () => { served = await startServe(); });

afterAll(() => served.stop());

testWith('boto3', 'S3 Control', async () => {
  expect(await python(throughProxy(), 'batch')).toEqual({
    same: true,
    cause: 'AWAITING_CONFIRMATION',
    priority: 42,
    confirmed: ['Ready', 'looks good & right'],
    progress: { TotalNumberOfTasks: 2, NumberOfTasksSucceeded: 2, NumberOfTasksFailed: 0, Timers: { ElapsedTimeInActiveSeconds: 1 } },
    operation: {
      S3PutObjectCopy: {
        TargetResource: 'arn:aws:s3:::from-boto',
        TargetKeyPrefix: 'out',
        NewObjectTagging: [{ Key: 'by', Value: 'batch' }],
        NewObjectMetadata: { UserMetadata: { kind: 'copy' }, SSEAlgorithm: 'AES256' },
      },
    },
    copied: { kind: 'copy' },
    tagsLeft: [],
    tags: [{ Key: 'b', Value: '2' }],
    noTags: [],
    pages: [['S3DeleteObjectTagging'], ['S3PutObjectCopy']],
    refused: {
      again: ['IdempotencyException', 400],
      ended: ['JobStatusException', 400],
      absent: ['NotFoundException', 400],
      token: ['InvalidNextTokenException', 400],
      invalid: ['BadRequestException', 400],
      notServed: ['NotImplemented', 501],
    },
  });
});

testWith('the AWS CLI', 'S3 Control', async () => {
  const cli = (...argumentsOf: string[]) => aws(throughProxy(), ...argumentsOf);
  const control = (command: string, ...options: string[]) => cli('s3control', command, '--account-id', served.accountId, ...options);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'from-cli-')), 'manifest.csv');
  fs.writeFileSync(file, 'batch-cli,manifest.csv\n');
  await cli('s3', 'mb', 's3://batch-cli');
  await cli('s3', 'cp', file, 's3://batch-cli/');
  fs.rmSync(path.dirname(file), { recursive: true });
  const { ETag } = await cli('s3api', 'head-object', '--bucket', 'batch-cli', '--key', 'manifest.csv');
  const { JobId } = await control('create-job', '--no-confirmation-required', '--priority', '1', '--role-arn', 'arn:aws:iam::123456789012:role/batch',
    '--operation', '{"S3PutObjectTagging": {"TagSet": [{"Key": "by", "Value": "cli"}]}}',
    '--report', '{"Enabled": false}',
    '--manifest', `{"Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]}, "Location": {"ObjectArn": "arn:aws:s3:::batch-cli/manifest.csv", "ETag": ${ETag}}}`);
  await expect(control('update-job-status', '--job-id', 'no-such-job', '--requested-job-status', 'Cancelled')).rejects.toThrow('NotFoundException');
  let status = '';
  for (let poll = 0; poll < 20 && status !== 'Complete'; poll++) status = (await control('describe-job', '--job-id', JobId as string)).Job.Status as string;
  expect(status).toBe('Complete');
  expect((await control('list-jobs', '--job-statuses', 'Complete', 'Failed')).Jobs.map((job: { JobId: string }) => job.JobId)).toContain(JobId);
  expect((await cli('s3api', 'get-object-tagging', '--bucket', 'batch-cli', '--key', 'manifest.csv')).TagSet).toEqual([{ Key: 'by', Value: 'cli' }]);
});

/** Clients put the account before the host, and no resolver knows that name: as their proxy, the engine gets the request all the same. */
function throughProxy(): ServeProcess & { proxy: string } {
  return { ...served, proxy: served.endpoint };
}
