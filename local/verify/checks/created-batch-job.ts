import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateJobCommand, type CreateJobRequest, DescribeJobCommand, type JobDescriptor, ListJobsCommand, UpdateJobPriorityCommand, UpdateJobStatusCommand,
} from '@aws-sdk/client-s3-control';
import { accountIdOf } from './batch-jobs';
import { type Account, type Check, judge, judgeRefusal, type Permission, type Refusal, refusalOf, together } from '../check';
import { NotPossible } from '../not-possible';
import { oneOfMany } from '../one-of-many';
import { until } from '../until';

const ENDED = ['Complete', 'Cancelled', 'Failed'];

/** All that the life of one batch job shows, which never runs. */
interface Life {
  readonly withoutFields?: Refusal;
  readonly atOnce: JobDescriptor | undefined;
  readonly waiting: JobDescriptor;
  readonly repeated: string | undefined;
  readonly otherRequest?: Refusal;
  readonly listed: boolean;
  readonly confirmedTooLate?: Refusal;
  readonly priorityTooLate?: Refusal;
}

/** One batch job is made, waits for a confirmation that never comes, and is cancelled. */
export function createdBatchJobChecks(): Check[] {
  const life = oneOfMany(live);
  return [
    {
      assumption: '`ConfirmationRequired` not sent',
      creates: true,
      run: async (account) => {
        const { Status } = (await life(account)).waiting;
        return judge(Status === 'Suspended', `the job is ${Status}`);
      },
    },
    {
      assumption: '`SuspendedCause`',
      creates: true,
      run: async (account) => {
        const { SuspendedCause } = (await life(account)).waiting;
        return judge(SuspendedCause === 'AWAITING_CONFIRMATION', `${SuspendedCause}`);
      },
    },
    {
      assumption: 'a reused token with another request',
      creates: true,
      run: async (account) => {
        const { atOnce, waiting, repeated, otherRequest } = await life(account);
        const same = judge(repeated === (atOnce ?? waiting).JobId, `the same request again is the job ${repeated}`);
        return together([same, judgeRefusal(otherRequest, ({ name }) => name === 'IdempotencyException')]);
      },
    },
    {
      assumption: 'when the listing shows a job',
      creates: true,
      run: async (account) => judge((await life(account)).listed, 'looked for within a minute'),
    },
    {
      assumption: '`Fields` without Bucket or Key',
      creates: true,
      run: async (account) => judgeRefusal((await life(account)).withoutFields, ({ status }) => status === 400),
    },
    {
      assumption: 'a status change from a terminal state, `Ready` of a job that is not Suspended, cancelling a job that is Completing or Failing',
      creates: true,
      run: async (account) => judgeRefusal((await life(account)).confirmedTooLate, ({ name }) => name === 'JobStatusException'),
    },
    {
      assumption: 'priority of a job that has ended',
      creates: true,
      run: async (account) => judgeRefusal((await life(account)).priorityTooLate, ({ name }) => name === 'BadRequestException'),
    },
  ];
}

async function live(account: Account): Promise<Life> {
  const { bucket, batchRole } = account.may ?? {} as Permission;
  const AccountId = accountIdOf(account);
  if (!bucket || !batchRole) throw new NotPossible('give --bucket and --batch-role');
  const token = `verify-aws-${Date.now().toString(36)}`;
  const Key = `verify-aws/${token}/manifest.csv`;
  try {
    // the object is the manifest itself, and nothing ever happens to it
    const { ETag } = await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `${bucket},${Key}\n`, ServerSideEncryption: 'AES256' }));
    return await jobOf(account, request(AccountId, token, bucket, Key, ETag!, batchRole));
  } finally {
    await account.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  }
}

async function jobOf({ s3control, pollMs }: Account, asked: CreateJobRequest): Promise<Life> {
  const { AccountId } = asked;
  const { Spec, Location } = asked.Manifest!;
  const withoutFields = await refusalOf(s3control.send(new CreateJobCommand({
    ...asked, ClientRequestToken: `${asked.ClientRequestToken}-fields`, Manifest: { Location, Spec: { Format: Spec!.Format } },
  })));
  const { JobId } = await s3control.send(new CreateJobCommand(asked));
  const describe = async () => (await s3control.send(new DescribeJobCommand({ AccountId, JobId }))).Job!;
  const cancel = () => refusalOf(s3control.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus: 'Cancelled' })));
  try {
    const atOnce = await describe().catch(() => undefined);
    const { JobId: repeated } = await s3control.send(new CreateJobCommand(asked));
    const otherRequest = await refusalOf(s3control.send(new CreateJobCommand({ ...asked, Priority: 2 })));
    const waiting = await until(async () => describe().then((job) => (['New', 'Preparing'].includes(job.Status!) ? undefined : job)), `${JobId} to be prepared`, pollMs);
    const listed = await until(async () => isListed(s3control, asked, JobId!), `the listing to show ${JobId}`, pollMs, 60_000).catch(() => false);
    await cancel();
    await until(async () => ENDED.includes((await describe()).Status!), `${JobId} to end`, pollMs);
    const confirmedTooLate = await refusalOf(s3control.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus: 'Ready' })));
    const priorityTooLate = await refusalOf(s3control.send(new UpdateJobPriorityCommand({ AccountId, JobId, Priority: 3 })));
    return { withoutFields, atOnce, waiting, repeated, otherRequest, listed, confirmedTooLate, priorityTooLate };
  } finally {
    // whatever went wrong: it would wait for thirty days
    if (!ENDED.includes((await describe()).Status!)) await cancel();
  }
}

async function isListed(s3control: Account['s3control'], { AccountId }: CreateJobRequest, jobId: string): Promise<boolean> {
  const { Jobs = [] } = await s3control.send(new ListJobsCommand({ AccountId, MaxResults: 1000 }));
  return Jobs.some(({ JobId }) => JobId === jobId);
}

/** Without a word on confirmation. */
function request(AccountId: string, token: string, bucket: string, key: string, ETag: string, RoleArn: string): CreateJobRequest {
  return {
    AccountId,
    ClientRequestToken: token,
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: 'verify-aws', Value: 'never' }] } },
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] },
      Location: { ObjectArn: `arn:aws:s3:::${bucket}/${key}`, ETag },
    },
    Report: { Enabled: false },
    Priority: 1,
    RoleArn,
    Description: 'Check of a deployment: never confirmed',
  };
}
